import type Stripe from 'stripe';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { reading, writing, type Try } from './call.ts';
import { unlessReached } from './failures.ts';
import { fromStripeInvoice } from './invoice-fact.ts';

/**
 * Voids the unpaid invoices of a subscription; having none, or one that was just paid, is fine.
 * Throws Stripe's own errors.
 */
export async function voidOpenInvoices(stripe: Stripe, subscription: string, attempt: Try): Promise<StripeObject[]> {
  const voided: StripeObject[] = [];
  for (const status of ['open', 'draft'] as const) {
    const invoices = stripe.invoices.list({ subscription, status, limit: 100 }, reading(attempt.account));
    for await (const invoice of invoices) voided.push(fromStripeInvoice(await voidOne(stripe, invoice, attempt), null));
  }
  return voided;
}

/**
 * A subscription's draft can be neither deleted nor voided before it is finalized; `auto_advance`
 * off keeps it from being charged then.
 */
async function voidOne(stripe: Stripe, invoice: Stripe.Invoice, attempt: Try): Promise<Stripe.Invoice> {
  const { id, status } = invoice;
  const { idempotencyKey: root, account } = attempt;
  const read = () => stripe.invoices.retrieve(id, {}, reading(account));
  const isFinal = (one: Stripe.Invoice) => one.status !== 'draft';
  const finalized =
    status === 'draft'
      ? await unlessReached(
          stripe.invoices.finalizeInvoice(id, { auto_advance: false }, writing(`${root}:${id}:finalize`, account)),
          read,
          isFinal,
        )
      : invoice;
  // Nothing to pay: it was paid by being finalized.
  if (finalized.status !== 'open') return finalized;
  return unlessReached(
    stripe.invoices.voidInvoice(id, {}, writing(`${root}:${id}`, account)),
    read,
    (one) => one.status !== 'draft' && one.status !== 'open',
  );
}
