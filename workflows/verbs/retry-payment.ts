import { billingStatus, isLive, overdueOf, type Billing } from '../domain/billing.ts';
import { cardDeadBy } from '../domain/hard-decline.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Verb } from './verb.ts';

/** An attempt at everything unpaid, the oldest first, and what is said of it. */
export const ATTEMPT = {
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
} as const satisfies Partial<Verb<object>>;

/**
 * Asks Stripe to charge everything unpaid now, unless the bank has said that this card never pays.
 * The emails follow from the outcome, which arrives as a fact [R6].
 */
export const retryPayment: Verb<object> = {
  name: 'retry-payment',
  forbids: ({ billing }) =>
    billingStatus(billing) === 'past_due' ? forbidsDeadCard(billing) : 'No payment is overdue.',
  ...ATTEMPT,
};

function forbidsDeadCard(billing: Billing): Refusal | null {
  const code = isLive(billing) ? cardDeadBy(billing) : null;
  if (code === null) return null;
  const detail = `The bank refuses this card for good (${code}), so another attempt is in vain. Once the customer has left another card, that is tried at once.`;
  return { code: 'card_unusable', detail, stripeCode: code };
}
