import type { EmailState } from '../../db/entities/email.ts';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Tone } from './parts/notice.tsx';

/** Every kind of email by the name that people know it by; a new one without its name does not compile. */
const EMAIL_WORDS = {
  'purchase-confirmation': 'Purchase Confirmation',
  'offer-grant-confirmation': 'Offer Grant Confirmation',
  'member-welcome': 'Member Welcome',
  'payment-receipt': 'Payment receipt',
  'refund-receipt': 'Refund receipt',
  'refund-failed': 'Refund failed',
  'payment-failed': 'Payment failed',
  'payment-action-required': 'Payment must be confirmed',
  'purchase-paused': 'Paused',
  'purchase-resumed': 'Resumed',
  'resume-date-changed': 'Resume date changed',
  'cancellation-scheduled': 'Cancellation scheduled',
  'cancellation-undone': 'Cancellation undone',
  'purchase-canceled': 'Canceled',
  'money-back': 'Money back',
  'duplicate-purchase-refunded': 'Second purchase refunded',
  'login-link': 'Login link',
  'already-live': 'You have this already',
  'admin-purchase-paused': 'Notice: paused',
  'admin-purchase-resumed': 'Notice: resumed',
  'admin-resume-date-changed': 'Notice: resume date changed',
  'admin-cancellation-scheduled': 'Notice: cancellation scheduled',
  'admin-cancellation-undone': 'Notice: cancellation undone',
  'admin-purchase-canceled': 'Notice: canceled',
  'admin-refund': 'Notice: refund',
  'admin-refund-failed': 'Notice: refund failed',
  'admin-payment-failed': 'Notice: payment failed',
  'admin-money-back': 'Notice: money back',
  'admin-dispute': 'Notice: dispute',
  'admin-duplicate-purchase': 'Notice: second purchase',
} satisfies Record<EmailKind, string>;

/** The name of a kind as the API answers it. */
export const emailInWords = (kind: string): string => EMAIL_WORDS[kind as EmailKind] ?? kind;

/** What became of an email. */
export const EMAIL_STATE_WORDS = {
  queued: { label: 'On its way', tone: 'plain' },
  sent: { label: 'Sent', tone: 'good' },
  delivered: { label: 'Delivered', tone: 'good' },
  bounced: { label: 'Bounced', tone: 'bad' },
  complained: { label: 'Complained of', tone: 'bad' },
  suppressed: { label: 'Not sent', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  unknown: { label: 'Not known', tone: 'warn' },
} satisfies Record<EmailState, { label: string; tone: Tone }>;

/** Every kind, to choose one from. */
export const EMAIL_KIND_OPTIONS = Object.entries(EMAIL_WORDS).map(([value, label]) => ({ value, label }));

const REASONS: Record<string, string | undefined> = {
  recipient_gone: 'The recipient is gone.',
  refund_refused: 'The refund that it would have told of was refused.',
  restored:
    'It was on its way when the copy was taken from which the database was restored, so nobody knows whether it went out.',
  no_answer_in_time: 'The provider gave no answer in time, so nobody knows whether it arrived.',
};

/** Why an email was not sent, or what the provider said of it. */
export const emailReasonInWords = (reason: string): string => REASONS[reason] ?? reason.replaceAll('_', ' ');
