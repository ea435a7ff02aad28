import type { CancelFeedback } from './billing.ts';
import type { HeldDiscount } from './discount.ts';
import type { Instant } from './instant.ts';
import type { Money } from './money.ts';
import type { OfferTerms } from './offer.ts';
import type { DisputeStatus, StripeDisputeStatus } from './payments.ts';

/** Stripe's subscription. One normaliser makes it of objects, events and answers [R22.3]. */
export type SubscriptionFact = {
  type: 'subscription';
  subscriptionId: string;
  status: 'incomplete' | 'incomplete_expired' | 'trialing' | 'active' | 'past_due' | 'unpaid' | 'canceled' | 'paused';
  periodStart: Instant;
  periodEnd: Instant;
  trialEndsAt: Instant | null;
  /** null = it collects; otherwise paused, until `resumesAt` if that is set. */
  pause: { resumesAt: Instant | null } | null;
  /** From `cancel_at`, or the period's end where `cancel_at_period_end` is set. */
  cancelAt: Instant | null;
  endedAt: Instant | null;
  /** Stripe's code for why it ended. */
  endReason: 'payment_failed' | 'cancellation_requested' | 'payment_disputed' | null;
  /** The last command that changed it, from its metadata. */
  commandId: string | null;
  /**
   * What each period is charged before discounts; null where no plain prices say so. Absent in what
   * 0.1 has recorded.
   */
  perPeriod?: Money | null | undefined;
  /** Stripe's ids of the discounts on it, which are all that an event says of them. */
  discountIds?: string[] | undefined;
  /** What they are, where Stripe was read for it. */
  discounts?: HeldDiscount[] | undefined;
  /** Its one price, and the offer that the price itself names; absent in what 0.1 has recorded. */
  priceId?: string | null;
  namedOfferId?: string | null;
  /** Whether a schedule will change it. Absent in what 0.1 has recorded. */
  hasSchedule?: boolean;
  /** The offer that is sold at this price, as of a reading; null = none, absent = not known. */
  soldAs?: OfferTerms | null;
  /**
   * What it is charged to next; null = nothing, absent = it says no method of its own, and whether
   * its customer has one was not read.
   */
  methodId?: string | null;
  /** When the month of that card is over; null = it is none. Absent = it was not looked at. */
  cardEndsAt?: Instant | null;
  /** Why, as somebody chose at Stripe. Absent in what 0.1 has recorded. */
  cancelFeedback?: CancelFeedback | null;
};

export type InvoiceFact = {
  type: 'invoice';
  invoiceId: string;
  /** Which subscription it bills; null = none. Absent in what 0.1 has recorded. */
  subscriptionId?: string | null;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  amountDueMinor: number;
  amountPaidMinor: number;
  currency: string;
  paidAt: Instant | null;
  attempts: number;
  nextTryAt: Instant | null;
  periodStart: Instant | null;
  periodEnd: Instant | null;
  reason: 'first' | 'renewal' | 'other';
  /** Before what the customer's balance pays of it; absent in what 0.1 has recorded. */
  totalMinor?: number;
  /** The command that made it, by its metadata; null = none of ours. */
  commandId?: string | null;
  /** What only the event says: that an attempt failed, or that the customer must authenticate. */
  trouble: 'failed' | 'action_required' | null;
  /** Stripe's code for why the try failed, where it is known; absent in what 0.1 has recorded. */
  declineCode?: string | null;
  /** What the failed try was charged to; null = there was nothing, absent = not known. */
  methodId?: string | null;
};

export type RefundFact = {
  type: 'refund';
  refundId: string;
  paymentId: string;
  amountMinor: number;
  status: 'pending' | 'succeeded' | 'failed';
  createdAt: Instant;
  commandId: string | null;
  /** Which of the command's writes made it; facts in recorded histories lack it. */
  writeIndex?: number | null;
};

export type DisputeFact = {
  type: 'dispute';
  disputeId: string;
  paymentId: string;
  amountMinor: number;
  /** `inquiry`: the bank asks, and has taken nothing; `closed`: an inquiry that came to nothing. */
  status: DisputeStatus;
  /** In Stripe's own words; absent = one that we do not know. What follows may be absent, too. */
  stripeStatus?: StripeDisputeStatus | undefined;
  createdAt?: Instant;
  /** Stripe's code for the reason. */
  reason?: string | null;
  /** Until when evidence is taken. */
  evidenceDueAt?: Instant | null;
};

export type StripeObject = SubscriptionFact | InvoiceFact | RefundFact | DisputeFact;

/**
 * Something Stripe says, and as of when. An `event` may be late, repeated or out of order; a `read`
 * is the object as it stands now; an `answer` is Stripe's reply to our own write.
 */
export type Fact = { object: StripeObject; occurredAt: Instant; source: 'event' | 'read' | 'answer' };

/** How far our clock and Stripe's may differ. */
export const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * The kind of an inbox row that asks for nothing but to read Stripe, where no event would say what
 * has changed.
 */
export const READ_ASKED = 'stripe.read';
