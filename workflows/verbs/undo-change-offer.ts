import { changedOffers } from '../domain/change-terms.ts';
import type { Billing } from '../domain/billing.ts';
import { heldChangeOf, pendingChangeOf } from '../domain/billing-parts.ts';
import { chargesContinue } from './resume.ts';
import { subscriptionOf, withBilling, withLiveBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

/** One of the two waits: what a schedule at Stripe makes, or what waits to be confirmed. */
const changeOf = (billing: Billing) => heldChangeOf(billing) ?? pendingChangeOf(billing);

const undone = (billing: Billing) => (heldChangeOf(billing) ? { heldChange: null } : { pendingChange: null });

/** Undoes a change that waits for the end of the period: nothing of the purchase has changed. */
export const undoChangeOffer: Verb<object> = {
  name: 'undo-change-offer',

  forbids({ billing }, now) {
    const change = changeOf(billing);
    return change && (change === heldChangeOf(billing) || change.at > now) ? null : 'No change of offer is pending.';
  },

  writes: (state) =>
    heldChangeOf(state.billing) ? [] : [{ op: 'releaseChange', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => withLiveBilling(state, () => undone(state.billing)),

  money: (state) => chargesContinue(withBilling(state, () => undone(state.billing))),

  reports({ billing, terms }) {
    const change = changeOf(billing);
    const data = change ? changedOffers(terms, change.terms) : {};
    const emails = both('offer-change-undone', 'admin-offer-change-undone', data);
    return { entry: 'purchase.offer-change-undone', data, emails };
  },
};
