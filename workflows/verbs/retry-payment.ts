import { billingStatus, type Overdue } from '../domain/billing.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Verb } from './verb.ts';

/** Asks Stripe for an attempt now at everything that is unpaid, the oldest first; who is told depends on its outcome, which arrives as Stripe's word [R6]. */
export const retryPayment: Verb<object> = {
  name: 'retry-payment',

  forbids: ({ billing }) => (billingStatus(billing) === 'past_due' ? null : 'No payment is overdue.'),

  writes: (state) => overdueOf(state).map(({ invoiceId }) => ({ op: 'payInvoice', invoiceId })),

  effect: (state) => state,

  money: (state) =>
    overdueOf(state).map(({ invoiceId, amountMinor, currency }) => ({
      kind: 'charge_attempt',
      invoiceId,
      amountMinor,
      currency,
    })),

  reports: (state) => ({
    entry: 'purchase.payment-retried',
    data: { invoiceIds: overdueOf(state).map(({ invoiceId }) => invoiceId) },
    emails: [],
  }),
};

const overdueOf = ({ billing }: PurchaseState): Overdue[] => (billing.kind === 'subscription' ? billing.overdue : []);
