import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orNull } from './failures.ts';
import type { Account } from './gateway.ts';

/**
 * Stripe's own page of an open invoice, on which its customer pays it or confirms its payment; null
 * where nothing is open any more.
 */
export async function paymentPageOf(stripe: Stripe, invoiceId: string, account: Account): Promise<string | null> {
  const invoice = await orNull(stripe.invoices.retrieve(invoiceId, {}, reading(account)));
  return invoice?.status === 'open' ? (invoice.hosted_invoice_url ?? null) : null;
}
