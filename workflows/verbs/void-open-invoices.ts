import { isLive, overdueOf } from '../domain/billing.ts';
import { subscriptionOf, withBilling } from './subscription-of.ts';
import type { Verb } from './verb.ts';

/**
 * A pause made at Stripe leaves open what was unpaid before: it is voided, as with a pause made
 * here [R7.2].
 */
export const voidOpenInvoices: Verb<object> = {
  name: 'void-open-invoices',

  forbids: ({ billing }) => (isLive(billing) && billing.pause ? null : 'It is not paused any more.'),

  writes: (state) => [{ op: 'voidOpenInvoices', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => withBilling(state, () => ({ overdue: [] })),

  reports: ({ billing }) => ({
    entry: 'purchase.invoices-voided',
    data: { invoiceIds: overdueOf(billing).map(({ invoiceId }) => invoiceId) },
    emails: [],
  }),
};
