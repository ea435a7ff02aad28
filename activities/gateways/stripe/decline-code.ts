import type Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import type { Account, FailedTry, Failure } from './gateway.ts';
import { codeIn, idOf } from './unreadable.ts';

/** The purchase waits for it, so it is better without the reason than late. */
const TIMEOUT_MS = 2_000;

/**
 * Why an attempt at an invoice failed, and with which card, which its event does not say; null if
 * that is not known, or if there was another attempt since.
 */
export async function failureOf(stripe: Stripe, failed: FailedTry, account: Account): Promise<Failure | null> {
  const params = { invoice: failed.invoiceId, expand: ['data.invoice', 'data.payment.payment_intent'] };
  const { data } = await orThrow(stripe.invoicePayments.list(params, { ...reading(account), timeout: TIMEOUT_MS }));
  const isSameTry = data.some(({ invoice }) => typeof invoice === 'object' && attemptsOf(invoice) === failed.attempts);
  return isSameTry ? failureIn(data) : null;
}

const attemptsOf = (invoice: Stripe.Invoice | Stripe.DeletedInvoice): number | null =>
  'attempt_count' in invoice ? invoice.attempt_count : null;

/**
 * The last failure of these payments, whose intents have to be expanded: Stripe's code for it,
 * whose sentences are not read, and the card; no code where the customer has to confirm it.
 */
export function failureIn(payments: Stripe.InvoicePayment[]): Failure | null {
  for (const { payment } of payments) {
    const intent = payment.payment_intent;
    if (typeof intent !== 'object') continue;
    if (intent.status === 'requires_action') return { declineCode: null, methodId: idOf(intent.payment_method) };
    const { last_payment_error: error } = intent;
    const declineCode = codeIn(error?.decline_code ?? error?.code);
    if (declineCode !== null) return { declineCode, methodId: idOf(error?.payment_method) };
  }
  return null;
}
