import type { Instant } from './instant.ts';

/**
 * A change that we ask of Stripe, with its parameters frozen: retries send exactly this again
 * [R22.4]. `voidOpenInvoices` voids whatever is unpaid of the subscription and is harmless to
 * repeat.
 */
export type StripeWrite =
  | { op: 'pauseCollection'; subscriptionId: string; resumesAt: Instant | null }
  | { op: 'resumeCollection'; subscriptionId: string }
  | { op: 'cancelNow'; subscriptionId: string }
  | { op: 'cancelAt'; subscriptionId: string; at: Instant; prorate: boolean }
  /** Where a payment plan stops by itself, should it not be ended before. */
  | { op: 'stopAt'; subscriptionId: string; at: Instant }
  | { op: 'undoCancel'; subscriptionId: string }
  | { op: 'voidOpenInvoices'; subscriptionId: string }
  | { op: 'payInvoice'; invoiceId: string }
  | { op: 'refund'; paymentId: string; amountMinor: number };

export const isRefund = (write: StripeWrite): write is Extract<StripeWrite, { op: 'refund' }> => write.op === 'refund';
