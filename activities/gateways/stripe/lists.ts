import type Stripe from 'stripe';
import type { DisputeFact, RefundFact } from '../../../workflows/domain/facts.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';

/** Which Stripe account is meant [R22.5]; null = the platform's own. */
export type Account = string | null;

/** A webhook endpoint; `types`: what it sends, `*` for everything. */
export type Endpoint = { id: string; url: string; types: string[]; apiVersion: string | null; isEnabled: boolean };

/** What moved money: a payment intent, or a charge alone. */
export type MovedMoney = { paymentIntentId: string | null; chargeId: string | null };

/** One page of a list; `after`: where the next one begins, null = there is none. */
export type StripePage<Found> = { found: Found[]; after: string | null };

/**
 * A subscription that may still charge; `purchaseId`: what its metadata names, which proves
 * nothing.
 */
export type LiveSubscription = {
  subscriptionId: string;
  status: string;
  customerId: string;
  purchaseId: string | null;
};

/** Money that went back, or is claimed; `object`: as Stripe says it. */
type FoundMoney<Status, StripesObject> = MovedMoney & {
  objectId: string;
  status: Status;
  amountMinor: number;
  currency: string;
  createdAt: Instant;
  object: StripesObject;
};
export type FoundRefund = FoundMoney<RefundFact['status'], Stripe.Refund>;
export type FoundDispute = FoundMoney<DisputeFact['status'], Stripe.Dispute>;

/** Which of what was created since then. */
export type Since = { since: Instant; after: string | null };

/** What is asked of whole lists at Stripe, and of single things on them [R22.2]. */
export type StripeLists = {
  /** One page of all subscriptions, with those on it that may still charge. */
  liveSubscriptions(after: string | null, stripeAccount: Account): Promise<StripePage<LiveSubscription>>;
  /** null where it has ended, or there is no such subscription. */
  liveSubscription(subscriptionId: string, stripeAccount: Account): Promise<LiveSubscription | null>;
  /** One page of refunds, the newest first. */
  refundsSince(since: Since, stripeAccount: Account): Promise<StripePage<FoundRefund>>;
  readRefund(refundId: string, stripeAccount: Account): Promise<FoundRefund | null>;
  /** One page of disputes, the newest first. */
  disputesSince(since: Since, stripeAccount: Account): Promise<StripePage<FoundDispute>>;
  readDispute(disputeId: string, stripeAccount: Account): Promise<FoundDispute | null>;
  /** Ends a subscription at once that no purchase here stands for. */
  cancelStray(subscriptionId: string, key: string, stripeAccount: Account): Promise<void>;
};
