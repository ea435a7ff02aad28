import { billingStatus, overdueOf } from '../domain/billing.ts';
import type { Verb } from './verb.ts';

/**
 * Asks Stripe to charge everything unpaid now, the oldest first. The emails follow from the
 * outcome, which arrives as a fact [R6].
 */
export const retryPayment: Verb<object> = {
  name: 'retry-payment',

  forbids: ({ billing }) => (billingStatus(billing) === 'past_due' ? null : 'No payment is overdue.'),

  writes: ({ billing }) => overdueOf(billing).map(({ invoiceId }) => ({ op: 'payInvoice', invoiceId })),

  effect: (state) => state,

  money: ({ billing }) =>
    overdueOf(billing).map(({ invoiceId, amountMinor, currency }) => ({
      kind: 'charge_attempt',
      invoiceId,
      amountMinor,
      currency,
    })),

  reports: ({ billing }) => ({
    entry: 'purchase.payment-retried',
    data: { invoiceIds: overdueOf(billing).map(({ invoiceId }) => invoiceId) },
    emails: [],
  }),
};
