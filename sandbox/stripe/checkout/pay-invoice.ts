import { collectInvoice, type AttemptOutcome } from '../billing/collect.ts';
import { paymentOf } from '../billing/invoices.ts';
import { visible, type Books } from '../data/books.ts';
import type { Invoice } from '../data/docs.ts';
import { ApiFault, invalidRequest, type ApiErrorBody } from '../protocol/fault.ts';
import { attachMethod } from '../payments/methods.ts';
import { NOT_AUTHENTICATED, refuseIntent } from '../payments/pay-intent.ts';
import { newPaymentMethod, type CardInput } from '../shapes/catalog.ts';
import { cardOf, type Person } from './person.ts';

export type InvoicePaymentOutcome = AttemptOutcome | { kind: 'declined'; error: ApiErrorBody };

/** A person pays an open invoice on its page with a new card, which is saved to the customer. */
export function payInvoiceByCard(books: Books, invoice: Invoice, card: CardInput): InvoicePaymentOutcome {
  if (invoice.status !== 'open') throw invalidRequest('This invoice is not open.');
  const at = books.customerTime(invoice.customer);
  const method = books.save(newPaymentMethod(card, at));
  try {
    const attached = attachMethod(books, method, books.need('customer', invoice.customer), at);
    return collectInvoice(books, invoice, { method: attached, automatic: false }, at);
  } catch (error) {
    if (error instanceof ApiFault && error.details.type === 'card_error')
      return { kind: 'declined', error: error.body().error };
    throw error;
  }
}

/** The intent of an invoice that waits for 3-D Secure, if it does. */
export function waitingIntent(books: Books, invoice: Invoice) {
  const payment = paymentOf(books, invoice);
  const intent = payment && books.find('payment_intent', payment.payment.payment_intent);
  return invoice.status === 'open' && intent?.status === 'requires_action' ? intent : undefined;
}

/** The 3-D Secure step of an invoice: passed and paid, or failed. */
export function answerInvoiceAuthentication(books: Books, invoice: Invoice, passed: boolean): InvoicePaymentOutcome {
  const intent = waitingIntent(books, invoice);
  if (!intent?.payment_method) throw invalidRequest('This invoice does not wait for authentication.');
  const at = books.customerTime(invoice.customer);
  const method = books.need('payment_method', intent.payment_method);
  if (passed) {
    const proven = books.save({ ...method, _authenticated: true });
    return collectInvoice(books, invoice, { method: proven, authenticated: true, automatic: false }, at);
  }
  refuseIntent(books, intent, { error: NOT_AUTHENTICATED, charge: null }, at);
  books.emit('invoice.payment_failed', invoice, at);
  return { kind: 'declined', error: NOT_AUTHENTICATED };
}

/**
 * Goes through an invoice's page as a person would. With `authenticate`, first answers a step that
 * already waits.
 */
export function payInvoiceAsPerson(
  books: Books,
  id: string,
  person: Person,
): { outcome: string; error?: unknown; invoice: unknown } {
  const at = books.customerTime(books.need('invoice', id).customer);
  const passed = person.authenticate === 'pass';
  let outcome: InvoicePaymentOutcome;
  if (person.authenticate && waitingIntent(books, books.need('invoice', id))) {
    outcome = answerInvoiceAuthentication(books, books.need('invoice', id), passed);
  } else {
    const card = { ...cardOf(person, at), name: person.name };
    outcome = payInvoiceByCard(books, books.need('invoice', id), card);
    if (outcome.kind === 'needs_authentication' && person.authenticate) {
      outcome = answerInvoiceAuthentication(books, books.need('invoice', id), passed);
    }
  }
  const error = 'error' in outcome ? { error: outcome.error } : {};
  return { outcome: outcome.kind, ...error, invoice: visible(books.need('invoice', id)) };
}
