import { billingStatus, isLive } from '../domain/billing.ts';
import { paidInFull } from '../domain/complete-plan.ts';
import { instalmentsOf } from '../domain/instalments.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import { restOf, type Rest } from '../domain/pay-off.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { withWindowFrom } from '../domain/take-payment.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import type { Verb } from './verb.ts';

/** `creditMinor`: what the customer has with Stripe, which pays first; absent = none is known. */
export type PayOffInput = { creditMinor?: number | undefined };

/**
 * Charges what a payment plan has left in one invoice, with which it is complete. Each instalment
 * is lessened as it would have been on its date [R27.10].
 */
export const payOff: Verb<PayOffInput> = {
  name: 'pay-off',

  forbids(state) {
    const { billing, duplicateOf } = state;
    if (instalmentsOf(billing) === null) return 'Only a payment plan is paid off.';
    if (billingStatus(billing) === 'completed') return 'It is paid in full already.';
    if (!isLive(billing) || duplicateOf !== null) return 'It has ended.';
    if (billing.pause) return 'It is paused: resume it first.';
    if (billing.overdue.length > 0) return 'A payment is overdue: it has to be paid first (retry-payment).';
    if (billing.cancellation) return 'A cancellation is pending: undo it first (undo-cancel).';
    return restOf(state) ? null : 'Its instalment is being charged just now; ask again once it is paid.';
  },

  writes: (state) => [{ op: 'payOff', subscriptionId: subscriptionOf(state).subscriptionId, ...restIn(state) }],

  effect: (state, { creditMinor = 0 }, { now }) => {
    const chargedMinor = (restOf(state)?.amountMinor ?? 0) - creditMinor;
    const paid = chargedMinor > 0 ? withWindowFrom(state, now) : state;
    return withLiveBilling(paid, (billing) => paidInFull(billing, now));
  },

  money(state, { creditMinor = 0 }, { now }): MoneyEffect[] {
    const { amountMinor, currency } = restIn(state);
    const applied = Math.min(creditMinor, amountMinor);
    return [
      { kind: 'charged_now', amountMinor: amountMinor - applied, currency },
      ...(applied > 0 ? [{ kind: 'credit_applied' as const, amountMinor: applied, currency }] : []),
      { kind: 'no_more_charges', from: now },
    ];
  },

  reports: (state) => ({ entry: 'purchase.paid-off', data: restIn(state), emails: [] }),
};

/** @throws Error where nothing is left, which would be a bug */
function restIn(state: PurchaseState): Rest {
  const rest = restOf(state);
  if (!rest) throw new Error('no instalment is left to be paid');
  return rest;
}
