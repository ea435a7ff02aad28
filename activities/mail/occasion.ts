import type { MaterialOfPurchase, RecordedEntry } from '../../db/mail/email-material.ts';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { EntryData, EntryType } from '../../workflows/domain/outcome.ts';

/**
 * Which lines of the timeline each email tells of; where several fit alike, the first type named
 * here.
 */
const TELLS_OF = {
  'purchase-confirmation': ['purchase.bought'],
  'offer-grant-confirmation': ['purchase.granted'],
  'member-welcome': ['purchase.granted'],
  'payment-receipt': ['payment.succeeded'],
  'refund-receipt': ['purchase.refunded', 'refund.succeeded', 'refund.pending', 'purchase.attention-ended'],
  'refund-failed': ['refund.failed'],
  'payment-failed': ['payment.failed'],
  'payment-action-required': ['payment.action-required'],
  'purchase-paused': ['purchase.paused'],
  'purchase-resumed': ['purchase.resumed'],
  'resume-date-changed': ['purchase.resume-date-changed'],
  'cancellation-scheduled': ['purchase.cancellation-scheduled', 'purchase.refunded'],
  'cancellation-undone': ['purchase.cancellation-undone'],
  'purchase-canceled': ['purchase.canceled', 'purchase.refunded'],
  'money-back': ['purchase.money-back'],
  'duplicate-purchase-refunded': ['purchase.duplicate-returned'],
  'login-link': [],
  'already-live': [],
  'admin-purchase-paused': ['purchase.paused'],
  'admin-purchase-resumed': ['purchase.resumed'],
  'admin-resume-date-changed': ['purchase.resume-date-changed'],
  'admin-cancellation-scheduled': ['purchase.cancellation-scheduled', 'purchase.refunded'],
  'admin-cancellation-undone': ['purchase.cancellation-undone'],
  'admin-purchase-canceled': ['purchase.canceled', 'purchase.refunded'],
  'admin-refund': ['purchase.refunded', 'refund.succeeded', 'refund.pending'],
  'admin-refund-failed': ['refund.failed'],
  'admin-payment-failed': ['payment.failed'],
  'admin-money-back': ['purchase.money-back'],
  'admin-dispute': ['dispute.opened', 'dispute.closed'],
  'admin-duplicate-purchase': ['purchase.duplicate-returned'],
} satisfies Record<EmailKind, EntryType[]>;

/**
 * The timeline entry that an email is about, among those recorded with it. It has the right type,
 * contradicts none of the email's data, and agrees with most of it. Where one record holds the same
 * thing twice, the n-th email is about the n-th entry.
 */
export function occasionOf({ kind, data, purchase: { entries, rank } }: MaterialOfPurchase): RecordedEntry | null {
  const types: readonly EntryType[] = TELLS_OF[kind];
  const fitting = entries
    .filter(({ type }) => types.includes(type))
    .map((entry) => ({ entry, agreement: agreement(data, entry.data) }))
    .filter(({ agreement: found }) => found !== null);
  const most = Math.max(...fitting.map(({ agreement: found }) => found ?? 0));
  const best = fitting.filter(({ agreement: found }) => found === most).map(({ entry }) => entry);
  const type = types.find((wanted) => best.some((entry) => entry.type === wanted));
  const alike = best.filter((entry) => entry.type === type);
  return alike[rank] ?? alike.at(-1) ?? null;
}

/** In how many fields the two say the same; null where they contradict each other. */
function agreement(a: EntryData, b: EntryData): number | null {
  const common = Object.keys(a).filter((key) => key in b);
  return common.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key])) ? common.length : null;
}
