import type { FieldKind } from '../../../workflows/domain/contact-field.ts';
import type { ConsentSource } from '../../../db/entities/consent.ts';
import type {
  Marketing,
  MarketingChange,
  MarketingStatus,
  OptIn,
  UnsubscribedReason,
} from '../../../workflows/domain/marketing.ts';
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

/** `Unsubscribed by themselves` */
export const standingInWords = ({ status, reason }: Marketing): string =>
  reason === null ? MARKETING_WORDS[status].label : `${MARKETING_WORDS[status].label} ${UNSUBSCRIBED_WORDS[reason]}`;

export const CONSENT_KIND_WORDS = {
  admin_subscribed: 'A consent was noted',
  admin_unsubscribed: 'Unsubscribed by hand',
  opted_out: 'They unsubscribed',
  confirmed: 'They confirmed',
  imported: 'Imported',
  hard_bounced: 'An email could not be delivered',
  complained: 'They marked an email as spam',
  form: 'A form was sent',
  merged: 'They had unsubscribed as another contact, merged into this one',
} satisfies Record<MarketingChange['kind'], string>;

export const CONSENT_SOURCE_WORDS = {
  form: 'a form',
  import: 'an import',
  admin: 'your team',
  checkout: 'a checkout',
  link: 'a mailed link',
  provider: 'the mail provider',
} satisfies Record<ConsentSource, string>;

export const OPT_IN_WORDS = {
  single: 'at once',
  double: 'once they confirm by a link',
} satisfies Record<OptIn, string>;

export const FIELD_KIND_WORDS = {
  text: 'a text',
  number: 'a number',
  date: 'a date',
  yes_no: 'yes or no',
} satisfies Record<FieldKind, string>;
