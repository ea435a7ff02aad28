import type { Billing, Ended, Pause, PendingCancellation } from './billing.ts';
import type { HeldDiscount } from './discount.ts';
import { instalmentsOf } from './instalments.ts';
import type { HeldChange, PendingChange } from './offer.ts';
import type { Instant } from './instant.ts';

// The parts of billing, for each kind. Callers ask for a part and never for the kind; a new kind is
// added here, where the compiler asks for it.

/**
 * What people call a kind of billing; `none`: a grant, or what is free; `payment_plan`: a
 * subscription that counts.
 */
export const BILLING_KINDS = ['none', 'one_time', 'subscription', 'payment_plan'] as const;
export type BillingKind = (typeof BILLING_KINDS)[number];

export const billingKind = (billing: Billing): BillingKind => (instalmentsOf(billing) ? 'payment_plan' : billing.kind);

/** The subscription at Stripe; null = none was made there yet, or never will be. */
export function subscriptionIdOf(billing: Billing): string | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.subscriptionId;
  }
}

/** Whether Stripe can be asked how its billing stands. */
export function isReadable(billing: Billing): boolean {
  switch (billing.kind) {
    case 'none':
      return false;
    case 'one_time':
      return true;
    case 'subscription':
      return billing.subscriptionId !== null;
  }
}

/** Ended in this way; what had ended before keeps its own end. */
export function endedBilling(billing: Billing, end: Ended): Billing {
  switch (billing.kind) {
    case 'none':
      return billing;
    case 'one_time':
      return { ...billing, ended: billing.ended ?? end };
    case 'subscription':
      return { ...billing, ended: billing.ended ?? end, cancellation: null, overdue: [] };
  }
}

/** How and why it ended; null = it has not ended, or has nothing that could. */
export function endOf(billing: Billing): Ended | null {
  switch (billing.kind) {
    case 'none':
      return null;
    case 'one_time':
    case 'subscription':
      return billing.ended;
  }
}

/** Access ended with the billing, and does not come back. */
export const hasEndedAccess = (billing: Billing): boolean => endOf(billing)?.endsAccess === true;

export function cancellationOf(billing: Billing): PendingCancellation | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.cancellation;
  }
}

/** The change of offer that comes with the end of the period; null = none does. */
export function pendingChangeOf(billing: Billing): PendingChange | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.ended ? null : (billing.pendingChange ?? null);
  }
}

/** The change that waits until it is confirmed what stays; null = none does. */
export function heldChangeOf(billing: Billing): HeldChange | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.ended ? null : (billing.heldChange ?? null);
  }
}

export function pauseOf(billing: Billing): Pause | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.pause;
  }
}

/** The start of what is paid or on trial; null as with its end. */
export function periodStartOf(billing: Billing): Instant | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.periodStart;
  }
}

/**
 * The end of what is paid or on trial; null where nothing recurs, or Stripe has not said yet when.
 */
export function periodEndOf(billing: Billing): Instant | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.periodEnd;
  }
}

/** When its trial ends or has ended; null = it has none. */
export function trialEndOf(billing: Billing): Instant | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.trialEndsAt;
  }
}

/** When the trial ends that runs now; null = none does. */
export function runningTrialEndOf(billing: Billing): Instant | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.phase === 'trialing' ? billing.trialEndsAt : null;
  }
}

/** From when on nothing is asked for any more; null = each period is. */
export function paidForGoodFrom(billing: Billing, startedAt: Instant | null): Instant | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return startedAt;
    case 'subscription':
      return billing.ended?.cause === 'completed' ? billing.periodStart : null;
  }
}

/** The discounts that lie on it at Stripe; which of them holds for a charge, `holdingAt` says. */
export function discountsOf(billing: Billing): HeldDiscount[] {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return [];
    case 'subscription':
      return billing.discounts ?? [];
  }
}
