import { subscriptionIdOf } from '../domain/billing-parts.ts';
import { type CancelCause, isLive, lastDeclineCode, overdueOf } from '../domain/billing.ts';
import { cancelWrites, endNow } from './cancel.ts';
import { subscriptionOf, withBilling } from './subscription-of.ts';
import { both, type Verb } from './verb.ts';

export type EndBillingInput = { cause: CancelCause };

/**
 * Ends a subscription by the system: no attempt is left, or it ended at Stripe with something
 * unpaid. Open invoices are voided [R11.2].
 */
export const endBilling: Verb<EndBillingInput> = {
  name: 'end-billing',

  forbids: ({ billing }) =>
    subscriptionIdOf(billing) !== null && overdueOf(billing).length > 0 ? null : 'Nothing is unpaid any more.',

  writes: (state) =>
    isLive(state.billing)
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
