import type { Instant } from './instant.ts';
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
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

export type Pause = {
  since: Instant;
  /** `suspend` blocks access until resume [R6]. */
  access: 'keep' | 'suspend';
  resumeAt: Instant | null;
};

export type PendingCancellation = { at: Instant; cause: CancelCause; askedAt: Instant };

export type Ended = { at: Instant; cause: CancelCause; by: Actor; endsAccess: boolean };

/** An unpaid renewal: the open invoice, since when, and when Stripe tries next (null = no more tries) [R11]. */
export type Overdue = {
  since: Instant;
  invoiceId: string;
  amountMinor: number;
  attempts: number;
  nextTryAt: Instant | null;
  /** false = so far it only waits for the customer to authenticate, which is no failure [R11.4]. */
  hasFailed: boolean;
  /** `autoRevoke: on_first_failure` closes access until it is paid [R11.3]. */
  suspendsAccess: boolean;
};

/** The billing axis. Its parts are kept apart, so that several may hold at once; the status is the strongest of them [R5.2]. */
export type Billing =
  | { kind: 'none' }
  | {
      kind: 'subscription';
      subscriptionId: string | null;
      /** What Stripe says of a subscription that nothing else overrides. */
      phase: 'incomplete' | 'trialing' | 'active';
      periodStart: Instant | null;
      periodEnd: Instant | null;
      trialEndsAt: Instant | null;
      overdue: Overdue | null;
      pause: Pause | null;
      cancellation: PendingCancellation | null;
      ended: Ended | null;
      /** The latest invoices that were voided or given up: a late word of their failed tries means nothing any more. */
      closedInvoiceIds: string[];
    };

export type SubscriptionBilling = Extract<Billing, { kind: 'subscription' }>;

/** `canceled` > `paused` > `past_due` > `trialing` > `active` [R5.2]. */
export function billingStatus(billing: Billing): BillingStatus {
  if (billing.kind === 'none') return 'none';
  if (billing.ended) return 'canceled';
  if (billing.pause) return 'paused';
  if (billing.overdue) return 'past_due';
  return billing.phase === 'trialing' ? 'trialing' : 'active';
}

/** Billing that may still charge: anything of a subscription that has begun and has not ended. */
export const isLive = (billing: Billing): billing is SubscriptionBilling =>
  billing.kind === 'subscription' && billing.subscriptionId !== null && billing.ended === null;

/** The next regular charge, or null where none will come as things stand (paused, canceled by then, ended). */
export function nextChargeAt(billing: Billing): Instant | null {
  if (!isLive(billing) || billing.pause || !billing.periodEnd) return null;
  const stops = billing.cancellation !== null && billing.cancellation.at <= billing.periodEnd;
  return stops ? null : billing.periodEnd;
}
