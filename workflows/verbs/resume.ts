import { billingStatus, nextChargeAt } from '../domain/billing.ts';
import { nextPeriodCharge } from '../domain/charges.ts';
import { instalmentsAhead } from '../domain/plan-ahead.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { subscriptionOf, withBilling, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/**
 * Payments go on at the next regular date, and nothing is charged for the pause [R7]. A pending
 * cancellation keeps its date.
 */
export const resume: Verb<object> = {
  name: 'resume',

  forbids: ({ billing }) => (billingStatus(billing) === 'paused' ? null : 'Only a paused purchase can be resumed.'),

  writes: (state) => [{ op: 'resumeCollection', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => withLiveBilling(state, () => ({ pause: null })),

  money: (state) => chargesContinue(withBilling(state, () => ({ pause: null }))),

  reports: (state) => ({
    entry: 'purchase.resumed',
    data: { nextChargeAt: nextChargeAt(withBilling(state, () => ({ pause: null })).billing) },
    emails: both('purchase-resumed', 'admin-purchase-resumed'),
  }),
};

/** What is charged next, as the state stands. */
export function chargesContinue(state: PurchaseState): MoneyEffect[] {
  const at = nextChargeAt(state.billing);
  const charge = nextPeriodCharge(state, at);
  if (!charge) return [];
  const instalmentsLeft = instalmentsAhead(state).length || undefined;
  return [{ kind: 'charges_continue', nextChargeAt: at, ...charge, instalmentsLeft }];
}
