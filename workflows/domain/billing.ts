import type { CardExpiry } from './card.ts';
import type { ChargeNotice } from './charge.ts';
import type { HeldDiscount } from './discount.ts';
import { earliest, type Instant } from './instant.ts';
import { chargesLeft, newInstalments, type Instalments } from './instalment-count.ts';
import { sumMinor, type Money } from './money.ts';
import type { HeldChange, PendingChange } from './offer.ts';
import type { Overdue } from './overdue.ts';
import type { Price } from './price.ts';
import type { Actor } from './verb.ts';

export const BILLING_STATUSES = [
  'trialing',
  'active',
  'past_due',
  'paused',
  'canceled',
  'completed',
  'paid',
  'none',
] as const;
export type BillingStatus = (typeof BILLING_STATUSES)[number];

export const CANCEL_CAUSES = [
  'voluntary',
  'internal',
  'api',
  'delinquent',
  'automation',
  'bulk',
  'external',
  'refund',
  'requirement_ended',
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

/** Why billing ended: it was canceled, or a payment plan is fully paid. */
export const END_CAUSES = [...CANCEL_CAUSES, 'completed'] as const;
export type EndCause = (typeof END_CAUSES)[number];

export type Pause = {
  since: Instant;
  /** `suspend` blocks access until resume [R6]. */
  access: 'keep' | 'suspend';
  resumeAt: Instant | null;
  /** Who paused it here; absent where Stripe did, and in what 0.1 has recorded. */
  by?: Actor | undefined;
};

/** Stripe's choices for why somebody cancels, in its portal and through its API. */
export const CANCEL_FEEDBACKS = [
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
] as const;
export type CancelFeedback = (typeof CANCEL_FEEDBACKS)[number];

/** `feedback`: what was chosen at Stripe [R9.6]. */
export type PendingCancellation = {
  at: Instant;
  cause: CancelCause;
  askedAt: Instant;
  feedback?: CancelFeedback | undefined;
};

export type Ended = {
  at: Instant;
  cause: EndCause;
  by: Actor;
  endsAccess: boolean;
  feedback?: CancelFeedback | undefined;
};

/**
 * The billing axis. Its parts are kept apart, so that several may hold at once; the status is the
 * strongest of them [R5.2].
 */
export type Billing =
  | { kind: 'none' }
  | OneTimeBilling
  | {
      kind: 'subscription';
      subscriptionId: string | null;
      /** What Stripe says of a subscription that nothing else overrides. */
      phase: 'incomplete' | 'trialing' | 'active';
      periodStart: Instant | null;
      periodEnd: Instant | null;
      trialEndsAt: Instant | null;
      /** Every open invoice that was tried, the oldest first; a weekly offer may have several. */
      overdue: Overdue[];
      pause: Pause | null;
      cancellation: PendingCancellation | null;
      ended: Ended | null;
      /**
       * The latest invoices that were voided or given up: events of their failed attempts are
       * ignored when they arrive late.
       */
      closedInvoiceIds: string[];
      /** What each period is charged, where that was changed at Stripe [R22.7]. */
      changedPrice?: Money | null | undefined;
      /** What lies on it at Stripe and lessens its charges, in the order of Stripe [R4.6]. */
      discounts?: HeldDiscount[] | undefined;
      /** What a payment plan counts; absent = it goes on until it is ended. */
      instalments?: Instalments | undefined;
      /** What is charged next, by Stripe's id; null = nothing is there, absent = not known. */
      methodId?: string | null | undefined;
      /** Until when that is valid; absent = not known. */
      card?: CardExpiry | undefined;
      /** Absent = nothing is to be said before the next charge, or it is not known what it is. */
      chargeNotice?: ChargeNotice | undefined;
      pendingChange?: PendingChange | null | undefined;
      heldChange?: HeldChange | null | undefined;
    };

/**
 * Paid once; only money given back ends it [R5.2]. `invoiceId`: what paid it; null = nothing yet.
 */
export type OneTimeBilling = { kind: 'one_time'; invoiceId: string | null; ended: Ended | null };

export type SubscriptionBilling = Extract<Billing, { kind: 'subscription' }>;

/** The billing of what is bought at this price, before anything was made at Stripe. */
export function newBilling(price: Price): Billing {
  switch (price.kind) {
    case 'free':
      return { kind: 'none' };
    case 'one_time':
      return { kind: 'one_time', invoiceId: null, ended: null };
    case 'subscription':
      return newSubscription();
    case 'payment_plan':
      return { ...newSubscription(), instalments: newInstalments(price.instalments) };
  }
}

const newSubscription = (): SubscriptionBilling => ({
  kind: 'subscription',
  subscriptionId: null,
  phase: 'incomplete',
  periodStart: null,
  periodEnd: null,
  trialEndsAt: null,
  overdue: [],
  pause: null,
  cancellation: null,
  ended: null,
  closedInvoiceIds: [],
});

export function billingStatus(billing: Billing): BillingStatus {
  switch (billing.kind) {
    case 'none':
      return 'none';
    case 'one_time':
      return billing.ended ? 'canceled' : 'paid';
    case 'subscription':
      return subscriptionStatus(billing);
  }
}

/** `completed` or `canceled` > `paused` > `past_due` > `trialing` > `active` [R5.2]. */
function subscriptionStatus(billing: SubscriptionBilling): BillingStatus {
  if (billing.ended) return billing.ended.cause === 'completed' ? 'completed' : 'canceled';
  if (billing.pause) return 'paused';
  if (billing.overdue.length > 0) return 'past_due';
  return billing.phase === 'trialing' ? 'trialing' : 'active';
}

/** Billing that may still charge: a subscription that has begun and has not ended. */
export function isLive(billing: Billing): billing is SubscriptionBilling {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return false;
    case 'subscription':
      return billing.subscriptionId !== null && billing.ended === null;
  }
}

/** Every open invoice that was tried, the oldest first. */
export function overdueOf(billing: Billing): Overdue[] {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return [];
    case 'subscription':
      return billing.overdue;
  }
}

/** Since when anything is unpaid; null = nothing is. */
export const overdueSince = (billing: Billing): Instant | null =>
  earliest(...overdueOf(billing).map(({ since }) => since));

/**
 * Everything unpaid as one sum: since when, and when Stripe tries next. Null = nothing is unpaid.
 * Invoices of one subscription have one currency.
 */
export function unpaid(billing: Billing) {
  const overdue = overdueOf(billing);
  const [oldest] = overdue;
  if (!oldest) return null;
  return {
    amountMinor: sumMinor(overdue.map(({ amountMinor }) => amountMinor)),
    currency: oldest.currency,
    since: oldest.since,
    nextTryAt: earliest(...overdue.map(({ nextTryAt }) => nextTryAt)),
    declineCode: overdue.find(({ declineCode }) => declineCode !== null)?.declineCode ?? null,
  };
}

/**
 * The next regular charge, or null where none will come as things stand (paused, canceled by then,
 * ended, no instalment left).
 */
export function nextChargeAt(billing: Billing): Instant | null {
  if (!isLive(billing) || billing.pause || !billing.periodEnd || chargesLeft(billing) === 0) return null;
  const stops = billing.cancellation !== null && billing.cancellation.at <= billing.periodEnd;
  return stops ? null : billing.periodEnd;
}
