import { sumMinor } from './money.ts';
import type { Instant } from './instant.ts';

/** `pending` may still fail; totals follow the final state [R10.3]. */
export type Refund = {
  refundId: string;
  amountMinor: number;
  status: 'pending' | 'succeeded' | 'failed';
  createdAt: Instant;
  /** The command that asked for it; null = made at Stripe [R10.4]. */
  commandId: string | null;
};

export const DISPUTE_STATUSES = ['inquiry', 'open', 'won', 'lost', 'closed'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/**
 * Stripe's statuses of a dispute, in the order in which they follow each other; the money of a lost
 * one may be claimed back (`appeal_*`). (https://docs.stripe.com/api/disputes/object)
 */
export const STRIPE_DISPUTE_STATUSES = [
  'warning_needs_response',
  'warning_under_review',
  'needs_response',
  'under_review',
  'prevented',
  'warning_closed',
  'lost',
  'won',
  'appeal_needs_response',
  'appeal_under_review',
] as const;
export type StripeDisputeStatus = (typeof STRIPE_DISPUTE_STATUSES)[number];

/** A bank's question about a payment, or its claim to the money [R10.5]. */
export type Dispute = {
  disputeId: string;
  amountMinor: number;
  status: DisputeStatus;
  /** When it was opened, at first as an inquiry perhaps. */
  since: Instant;
  /** Absent = not known, as of the next two: no event since 0.1. */
  stripeStatus?: StripeDisputeStatus | undefined;
  /** As of when all of this holds. */
  heardAt?: Instant | undefined;
  /** When it was decided; null = it is not. */
  closedAt?: Instant | null | undefined;
  /** It has closed access, as the setting was then. */
  closesAccess?: true | undefined;
  /** Stripe's code for the reason; absent = not known. */
  reason?: string | null | undefined;
  /** Until when Stripe takes evidence; absent = not known. */
  evidenceDueAt?: Instant | null | undefined;
};

/** A successful charge above zero [R1.6]; its id is that of the invoice it paid. */
export type Payment = {
  paymentId: string;
  amountMinor: number;
  currency: string;
  paidAt: Instant;
  periodStart: Instant | null;
  periodEnd: Instant | null;
  refunds: Refund[];
  /** Since when a dispute bars its refund; an inquiry does not. */
  disputedAt: Instant | null;
  /** Absent = no event of one since 0.1, which kept `disputedAt` alone. */
  disputes?: Dispute[] | undefined;
};

/** Payments that Postgres alone has; each comes back into the state when it is named. */
export type EarlierPayments = {
  count: number;
  /** What was paid with them and not given back. */
  leftMinor: number;
  /** When the latest of them was paid. */
  until: Instant;
};

/** What was refunded or is on its way; a failed refund does not count. */
export const refundedMinor = (payment: Payment): number =>
  sumMinor(payment.refunds.filter((refund) => refund.status !== 'failed').map((refund) => refund.amountMinor));

export const refundableMinor = (payment: Payment): number => payment.amountMinor - refundedMinor(payment);
