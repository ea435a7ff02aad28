import { isLive, overdueOf } from '../domain/billing.ts';
import { nextPeriodInFull, perPeriodFrom } from '../domain/charges.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { stopAt } from './stripe-model.ts';
import type { Doubt } from './forecast-entry.ts';

/** Why what Stripe charges at that instant is not certain; null = as far as is known, it is. */
export function doubtOf(state: PurchaseState, at: Instant): Doubt | null {
  const { billing } = state;
  if (!isLive(billing)) return null;
  const overdue = overdueOf(billing);
  if (overdue.some(({ nextTryAt }) => nextTryAt !== null && nextTryAt <= at)) return 'retry';
  const stop = stopAt(billing);
  if (billing.pause && stop !== null && stop <= at) return 'plan_paused_at_stripe';
  const isCharged = billing.periodEnd !== null && billing.periodEnd <= at && !billing.pause;
  if (!isCharged) return null;
  if (overdue.length > 0) return 'past_due';
  if (mayHoldCredit(state)) return 'credit_at_stripe';
  if (billing.changedPrice) return 'price_changed_at_stripe';
  return isProrated(state, billing.periodEnd) ? 'prorated' : null;
}

/**
 * A change of offer that was not charged has perhaps left a credit on the customer's balance, which
 * Stripe takes first [R27.4].
 */
function mayHoldCredit({ payments, offerChangedAt, startedAt }: PurchaseState): boolean {
  if (offerChangedAt === undefined) return false;
  return startedAt === offerChangedAt || payments.every(({ periodStart }) => periodStart !== offerChangedAt);
}

/** A part of a period is charged, or what an undone cancellation has left unbilled [R8.1]. */
const isProrated = (state: PurchaseState, at: Instant | null): boolean =>
  nextPeriodInFull(state, at)?.amountMinor !== perPeriodFrom(state, at)?.amountMinor;
