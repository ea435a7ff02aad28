import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, FailedTry } from './gateway.ts';
import { codeIn } from './unreadable.ts';

/** The purchase waits for it, so it is better without the reason than late. */
const TIMEOUT_MS = 2_000;

/**
 * Why an attempt at an invoice failed, which its event does not say; null if that is not known, or
 * if there was another attempt since.
 */
export async function declineCodeOf(stripe: Stripe, failed: FailedTry, account: Account): Promise<string | null> {
  const params = { invoice: failed.invoiceId, expand: ['data.invoice', 'data.payment.payment_intent'] };
  const { data } = await orThrow(stripe.invoicePayments.list(params, { ...reading(account), timeout: TIMEOUT_MS }));
  const isSameTry = data.some(({ invoice }) => typeof invoice === 'object' && attemptsOf(invoice) === failed.attempts);
  return isSameTry ? declineCodeIn(data) : null;
}

const attemptsOf = (invoice: Stripe.Invoice | Stripe.DeletedInvoice): number | null =>
  'attempt_count' in invoice ? invoice.attempt_count : null;

/**
 * Stripe's code for the last failure of these payments, whose intents have to be expanded; its
 * sentences are not read.
 */
export function declineCodeIn(payments: Stripe.InvoicePayment[]): string | null {
  for (const { payment } of payments) {
    const intent = payment.payment_intent;
    const error = typeof intent === 'object' ? intent.last_payment_error : null;
    const code = codeIn(error?.decline_code ?? error?.code);
    if (code !== null) return code;
  }
  return null;
}
