import type { Interval } from './calendar.ts';
import type { Instant } from './instant.ts';

/** `discounts`: those that stay, by Stripe's ids; absent = all of them. */
type PriceWrite<PriceId> = { subscriptionId: string; discounts?: string[] | undefined } & PriceId;

/** null = the offer has no price at Stripe yet: it is made when this is sent. */
type PriceOfOffer = { priceId: string } | { priceId: null; offerId: string };

/**
 * A change that we ask of Stripe, with its parameters frozen: retries send exactly this again
 * [R22.4]. `voidOpenInvoices` voids whatever is unpaid of the subscription and is harmless to
 * repeat.
 */
type WriteWith<PriceId> =
  | { op: 'pauseCollection'; subscriptionId: string; resumesAt: Instant | null }
  | { op: 'resumeCollection'; subscriptionId: string }
  | { op: 'cancelNow'; subscriptionId: string }
  | { op: 'cancelAt'; subscriptionId: string; at: Instant; prorate: boolean }
  /** Where a payment plan stops by itself, should it not be ended before. */
  | { op: 'stopAt'; subscriptionId: string; at: Instant }
  | { op: 'undoCancel'; subscriptionId: string }
  | { op: 'voidOpenInvoices'; subscriptionId: string }
  /** `asOf`: the instant by which Stripe prorates, which the preview named [R26.1]. */
  | (PriceWrite<PriceId> & { op: 'changePrice'; proration: Proration; asOf: Instant })
  /** `at`: the end of the period, from which on the price is another. */
  | (PriceWrite<PriceId> & { op: 'scheduleChange'; interval: Interval; at: Instant })
  /** The schedule is harmless to release twice. */
  | { op: 'releaseChange'; subscriptionId: string }
  /** What a change of offer has left on the customer's balance is taken off it again [R27.4]. */
  | { op: 'withdrawCredit'; subscriptionId: string; amountMinor: number; currency: string }
  | { op: 'payInvoice'; invoiceId: string }
  /** The instalments that a payment plan has left, in one invoice of their sum [R27.10]. */
  | { op: 'payOff'; subscriptionId: string; instalments: number; amountMinor: number; currency: string }
  | { op: 'refund'; paymentId: string; amountMinor: number };

/** In place of all discounts that are on it, from the next charge on [R27.5]. */
type CodeWrite<PromotionId> = { op: 'applyCode'; subscriptionId: string } & PromotionId;

/** A code is made at Stripe when this is sent, as a price is. */
export type StripeWrite = WriteWith<PriceOfOffer> | CodeWrite<{ promotionCodeId: string }>;

/** As it is sent: its price or code is there. */
export type ReadyWrite = WriteWith<{ priceId: string }> | CodeWrite<{ stripePromotionId: string }>;

/** `full`: a new period from now, charged in full, and nothing credited [R26.1]. */
export const PRORATIONS = ['prorate', 'none', 'full'] as const;
export type Proration = (typeof PRORATIONS)[number];

export type AnyWrite = StripeWrite | ReadyWrite;

export const isRefund = (write: AnyWrite): write is Extract<StripeWrite, { op: 'refund' }> => write.op === 'refund';
