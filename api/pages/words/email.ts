import type { EmailState } from '../../../db/entities/email.ts';
import { EMAIL_KINDS, EMAILS, type EmailKind } from '../../../emails/catalogue.ts';
import type { Tone } from '../parts/notice.tsx';

/** The name of a kind as the API answers it. */
export const emailInWords = (kind: string): string => EMAILS[kind as EmailKind]?.name ?? kind;

/** What became of an email. */
export const EMAIL_STATE_WORDS = {
  queued: { label: 'On its way', tone: 'plain' },
  sent: { label: 'Sent', tone: 'good' },
  delivered: { label: 'Delivered', tone: 'good' },
  bounced: { label: 'Bounced', tone: 'bad' },
  complained: { label: 'Marked as spam', tone: 'bad' },
  suppressed: { label: 'Not sent', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'warn' },
} satisfies Record<EmailState, { label: string; tone: Tone }>;

/** Every kind, to choose one from. */
export const EMAIL_KIND_OPTIONS = EMAIL_KINDS.map((value) => ({ value, label: EMAILS[value].name }));

const REASONS: Record<string, string | undefined> = {
  recipient_gone: 'The recipient no longer exists.',
  never_subscribed: 'The recipient never subscribed to marketing email.',
  unconfirmed: 'The recipient has not confirmed the subscription yet.',
  manual: 'The recipient was unsubscribed by your team.',
  opted_out: 'The recipient has unsubscribed.',
  hard_bounce: 'The recipient was unsubscribed because an email could not be delivered.',
  complaint: 'The recipient was unsubscribed after marking an email as spam.',
  merged: 'The recipient was sent the same as another contact, merged into this one.',
  refund_refused: 'The refund that it was about was refused.',
  restored:
    'The database was restored from a copy in which it was still on its way, so nobody knows whether it was sent.',
  no_answer_in_time: 'The provider did not answer in time, so nobody knows whether it was sent.',
};

/** Why an email was not sent, or what the provider said of it. */
export const emailReasonInWords = (reason: string): string => REASONS[reason] ?? reason.replaceAll('_', ' ');
