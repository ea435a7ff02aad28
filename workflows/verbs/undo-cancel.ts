import { isLive } from '../domain/billing.ts';
import { fullPeriod } from '../domain/charges.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { chargesContinue } from './resume.ts';
import { subscriptionOf, withBilling, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/**
 * Undoes a pending cancellation: payments go on as before, nothing is charged now, and access was
 * never interrupted [R6].
 */
export const undoCancel: Verb<object> = {
  name: 'undo-cancel',

  forbids: ({ billing }, now) =>
    isLive(billing) && billing.cancellation && billing.cancellation.at > now ? null : 'No cancellation is pending.',

  writes: (state) => [{ op: 'undoCancel', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => withLiveBilling(state, () => withoutCancellation(state)),

  money: (state) => chargesContinue(withBilling(state, () => withoutCancellation(state))),

  reports: () => ({
    entry: 'purchase.cancellation-undone',
    data: {},
    emails: both('cancellation-undone', 'admin-cancellation-undone'),
  }),
};

/** A period that it had cut short is a full one again. */
const withoutCancellation = (state: PurchaseState) => ({ cancellation: null, ...fullPeriod(state) });
