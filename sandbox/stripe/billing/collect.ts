import type { Books } from '../data/books.ts';
import type { Invoice, PaymentIntent, PaymentMethod, Subscription } from '../data/docs.ts';
import { payIntent, refuseIntent, type PaymentOutcome } from '../payments/pay-intent.ts';
import type { ApiErrorBody } from '../protocol/fault.ts';
import { markPaid, paymentOf } from './invoices.ts';
import { settleSubscription } from './settle.ts';

const DAY = 86_400;

export interface AttemptInput {
  /** Instead of the invoice's, the subscription's or the customer's default. */
  method?: PaymentMethod | undefined;
  authenticated?: boolean;
  /**
   * A try by Stripe itself schedules the next one when it fails; one by request does not count as
   * one of them.
   */
  automatic: boolean;
}

export type AttemptOutcome = PaymentOutcome | { kind: 'nothing_due' } | { kind: 'no_method'; error: ApiErrorBody };

/** Tries to collect an open invoice, and moves its subscription accordingly. */
export function collectInvoice(books: Books, invoice: Invoice, input: AttemptInput, at: number): AttemptOutcome {
  if (invoice.amount_remaining === 0) {
    markPaid(books, invoice, at);
    settleSubscription(books, invoice, at);
    return { kind: 'nothing_due' };
  }
  const intent = books.need('payment_intent', paymentOf(books, invoice)!.payment.payment_intent);
  const method = input.method ?? defaultMethod(books, invoice);
  invoice.attempted = true;
  // Only the first attempt and the automatic ones count; a payment by request in between does not
  // use up a retry.
  if (input.automatic || invoice.attempt_count === 0) invoice.attempt_count += 1;
  const authenticationUrl = `${books.context.publicUrl}/invoice/${invoice.id}`;
  const outcome = method
    ? payIntent(books, intent, { method, authenticated: input.authenticated, authenticationUrl }, at)
    : withoutMethod(books, intent, at);
  if (outcome.kind === 'paid') markPaid(books, invoice, at);
  else recordFailure(books, invoice, { kind: outcome.kind, automatic: input.automatic }, at);
  settleSubscription(books, invoice, at);
  return outcome;
}

function withoutMethod(books: Books, intent: PaymentIntent, at: number): AttemptOutcome {
  const message = 'There is no payment method to charge: neither the subscription nor the customer has a default one.';
  const error: ApiErrorBody = { type: 'invalid_request_error', code: 'payment_intent_payment_attempt_failed', message };
  refuseIntent(books, intent, { error, charge: null }, at);
  return { kind: 'no_method', error };
}

/** The card that an invoice is charged to when none is named. */
export function defaultMethod(books: Books, invoice: Invoice): PaymentMethod | undefined {
  const subscription = subscriptionOf(books, invoice);
  const customer = books.need('customer', invoice.customer);
  const id =
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer.invoice_settings.default_payment_method;
  return id ? books.find('payment_method', id) : undefined;
}

export function subscriptionOf(books: Books, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? books.find('subscription', id) : undefined;
}

function recordFailure(
  books: Books,
  invoice: Invoice,
  { kind, automatic }: { kind: AttemptOutcome['kind']; automatic: boolean },
  at: number,
): void {
  if (automatic) invoice.next_payment_attempt = nextAttempt(books, invoice, at);
  if (invoice.billing_reason === 'subscription_create') invoice.next_payment_attempt = null;
  books.save(invoice);
  if (kind === 'needs_authentication') books.emit('invoice.payment_action_required', invoice, at);
  books.emit('invoice.payment_failed', invoice, at);
}

function nextAttempt(books: Books, invoice: Invoice, at: number): number | null {
  const days = books.settings.retryDays[invoice.attempt_count - 1];
  return days === undefined || !invoice.auto_advance ? null : at + days * DAY;
}
