import { subscriptionIdOf } from '../domain/billing-parts.ts';
import { billingStatus, type EndCause, isLive, overdueOf } from '../domain/billing.ts';
import { lastDeclineCode } from '../domain/overdue.ts';
import { cancelWrites, endNow } from './cancel.ts';
import { subscriptionOf, withBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

export type EndBillingInput = { cause: EndCause };

/**
 * Ends a subscription by the system: no attempt is left, it ended at Stripe with something unpaid,
 * or a payment plan is complete. Open invoices are voided [R11.2].
 */
export const endBilling: Verb<EndBillingInput> = {
  name: 'end-billing',

  forbids({ billing }) {
    const isOver = overdueOf(billing).length > 0 || billingStatus(billing) === 'completed';
    return subscriptionIdOf(billing) !== null && isOver ? null : 'Nothing is unpaid any more.';
  },

  writes: (state) =>
    isLive(state.billing) || billingStatus(state.billing) === 'completed'
      ? cancelWrites(state, { when: 'now', cancelAt: null })
      : [{ op: 'voidOpenInvoices', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect(state, { cause }, context) {
    const endsAccess = cause !== 'delinquent' || context.settings.autoRevoke !== 'off';
    const wasLive = isLive(state.billing);
    return withBilling(endNow(state, cause, context), ({ ended }) => ({
      ended: ended && wasLive ? { ...ended, endsAccess } : ended,
    }));
  },

  reports(state, { cause }, { now }) {
    if (!isLive(state.billing)) return { entry: 'purchase.billing-ended', data: { cause }, emails: [] };
    const data = { endedAt: now, cause };
    const why = { ...data, declineCode: lastDeclineCode(state.billing.overdue) };
    return { entry: 'purchase.canceled', data, emails: both('purchase-canceled', 'admin-purchase-canceled', why) };
  },
};
