import type { ApiBroadcast } from '../../mail/broadcast-schema.ts';
import type { Option } from '../parts/fields.tsx';
import type { Tone } from '../parts/notice.tsx';

export const BROADCAST_STATE_WORDS = {
  draft: { label: 'Draft', tone: 'plain' },
  scheduled: { label: 'Scheduled', tone: 'plain' },
  running: { label: 'Being sent', tone: 'plain' },
  paused: { label: 'Paused', tone: 'warn' },
  canceled: { label: 'Canceled', tone: 'warn' },
  done: { label: 'Sent', tone: 'good' },
} satisfies Record<ApiBroadcast['state'], { label: string; tone: Tone }>;

/** Who of a segment gets no broadcast, by the reason. */
const REASONS: Record<string, string | undefined> = {
  never_subscribed: 'never subscribed',
  unconfirmed: 'have not confirmed yet',
  manual: 'were unsubscribed by your team',
  opted_out: 'have unsubscribed',
  hard_bounce: 'could not be reached before',
  complaint: 'marked an email as spam',
  canceled: 'were left when it was canceled',
  erased: 'were erased',
};

export const leftOutInWords = (reason: string): string => REASONS[reason] ?? reason.replaceAll('_', ' ');

const DEFAULT_SEGMENTS: Option[] = [
  { value: 'subscribed', label: 'Subscribed' },
  { value: 'customers', label: 'Customers' },
  { value: 'all', label: 'All contacts' },
];

/** The default segments, and the account's own. */
export const segmentOptions = (own: readonly { id: string; name: string }[]): Option[] => [
  ...DEFAULT_SEGMENTS,
  ...own.map(({ id, name }) => ({ value: id, label: name })),
];

export const segmentInWords = (options: readonly Option[], segment: string): string =>
  options.find(({ value }) => value === segment)?.label ?? 'A segment that was deleted';
