import { isLive } from '../domain/billing.ts';
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

  effect: (state) => withLiveBilling(state, () => ({ cancellation: null })),

  money: (state) => chargesContinue(withBilling(state, () => ({ cancellation: null }))),

  reports: () => ({
    entry: 'purchase.cancellation-undone',
    data: {},
    emails: both('cancellation-undone', 'admin-cancellation-undone'),
  }),
};
