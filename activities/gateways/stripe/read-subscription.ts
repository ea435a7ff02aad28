import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { reading } from './call.ts';
import { WITH_CARD } from './card-end.ts';
import { failureIn } from './decline-code.ts';
import { WITH_DISCOUNTS } from './discount-fact.ts';
import { orNull, orThrow, StripeMissing } from './failures.ts';
import type { Account } from './gateway.ts';
import { fromStripeInvoice, type Trouble } from './invoice-fact.ts';
import { fromStripeSubscription } from './subscription-fact.ts';

/** Two years of monthly invoices: more than can have changed since the last reading. */
const RECENT = 24;

/**
 * A subscription as it stands: its latest invoices, oldest first, then itself; drafts are left out,
 * since nothing has come of them yet.
 * @throws StripeMissing
 */
export async function readSubscription(stripe: Stripe, id: string, account: Account): Promise<StripeObject[]> {
  const subscription = await orNull(
    stripe.subscriptions.retrieve(id, { expand: [...WITH_DISCOUNTS, 'customer', ...WITH_CARD] }, reading(account)),
  );
  if (!subscription) throw new StripeMissing(id);
  const { data } = await orThrow(stripe.invoices.list({ subscription: id, limit: RECENT }, reading(account)));
  const facts: StripeObject[] = [];
  for (const invoice of data.toReversed()) {
    if (invoice.status === 'draft') continue;
    const { trouble, ...failure } = await orThrow(troubleOf(stripe, invoice, account));
    facts.push({ ...fromStripeInvoice(invoice, trouble), ...failure });
  }
  return [...facts, fromStripeSubscription(subscription)];
}

const NO_TROUBLE: Trouble = { trouble: null, declineCode: null };

/**
 * Whether an unpaid invoice waits for the customer to authenticate or was declined, and why; only
 * its payment knows.
 */
async function troubleOf(stripe: Stripe, invoice: Stripe.Invoice, account: Account): Promise<Trouble> {
  if (invoice.status !== 'open' || invoice.attempt_count === 0) return NO_TROUBLE;
  const params = { invoice: invoice.id, status: 'open', expand: ['data.payment.payment_intent'] };
  const { data } = await stripe.invoicePayments.list(params, reading(account));
  const waits = data.some(({ payment: { payment_intent: intent } }) => {
    return typeof intent === 'object' && intent.status === 'requires_action';
  });
  return { trouble: waits ? 'action_required' : 'failed', ...(failureIn(data) ?? { declineCode: null }) };
}
