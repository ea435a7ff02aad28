import { changedOffers } from '../domain/change-terms.ts';
import { pendingChangeOf } from '../domain/billing-parts.ts';
import { chargesContinue } from './resume.ts';
import { subscriptionOf, withBilling, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/** Undoes a change that waits for the end of the period: nothing of the purchase has changed. */
export const undoChangeOffer: Verb<object> = {
  name: 'undo-change-offer',

  forbids({ billing }, now) {
    const change = pendingChangeOf(billing);
    return change && change.at > now ? null : 'No change of offer is pending.';
  },

  writes: (state) => [{ op: 'releaseChange', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => withLiveBilling(state, () => ({ pendingChange: null })),

  money: (state) => chargesContinue(withBilling(state, () => ({ pendingChange: null }))),

  reports({ billing, terms }) {
    const change = pendingChangeOf(billing);
    const data = change ? changedOffers(terms, change.terms) : {};
    const emails = both('offer-change-undone', 'admin-offer-change-undone', data);
    return { entry: 'purchase.offer-change-undone', data, emails };
  },
};
