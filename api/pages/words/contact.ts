import type { MarketingStatus, UnsubscribedReason } from '../../../db/entities/contact.ts';
import type { Tone } from '../parts/notice.tsx';

export const MARKETING_WORDS = {
  subscribed: { label: 'Subscribed', tone: 'good' },
  never_subscribed: { label: 'Never subscribed', tone: 'plain' },
  unconfirmed: { label: 'Not confirmed yet', tone: 'warn' },
  unsubscribed: { label: 'Unsubscribed', tone: 'warn' },
} satisfies Record<MarketingStatus, { label: string; tone: Tone }>;

export const UNSUBSCRIBED_WORDS = {
  manual: 'by an admin',
  opted_out: 'by themselves',
  hard_bounce: 'because an email could not be delivered',
  complaint: 'because they marked an email as spam',
} satisfies Record<UnsubscribedReason, string>;
