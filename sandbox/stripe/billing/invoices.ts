import type { Books } from '../data/books.ts';
import type { Customer, Invoice, PaymentIntent, Subscription } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { holdingAt, spend } from './discounts.ts';
import { newInvoice, type InvoiceInput } from '../shapes/invoice.ts';
import { newInvoicePayment, newPaymentIntent } from '../shapes/payment.ts';

export interface DraftInput extends Omit<InvoiceInput, 'customer' | 'currency' | 'discounts' | 'subscription'> {
  subscription: Subscription;
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
}

/**
 * Makes the draft, takes up the pending prorations that are among its lines, and makes it the
 * subscription's latest. Emits nothing yet.
 */
export function draftInvoice(books: Books, input: DraftInput, at: number): Invoice {
  const customer = books.need('customer', input.subscription.customer);
  const { currency } = input.subscription;
  const discounts = holdingAt(books, input.subscription, at);
  const invoice = newInvoice({ ...input, customer, currency, discounts }, at);
  for (const { invoiceItem } of input.lines) {
    const pending = invoiceItem && books.find('invoiceitem', invoiceItem);
    if (pending) books.save({ ...pending, invoice: invoice.id });
  }
  spend(books, input.subscription, invoice, at);
  input.subscription.latest_invoice = invoice.id;
  return invoice;
}

/**
 * draft -> open: number, amount due after the customer's balance, and a payment intent for what is
 * left; nothing left -> paid.
 */
export function finalizeInvoice(books: Books, invoice: Invoice, at: number): Invoice {
  if (invoice.status !== 'draft')
    throw invalidRequest(`This invoice is already finalized, you can't re-finalize a non-draft invoice.`);
  const customer = books.need('customer', invoice.customer);
  openInvoice(books, invoice, { customer, balance: customer.balance }, at);
  if (invoice.amount_due > 0) openPayment(books, invoice, at);
  return invoice;
}

/** `balance`: what of the customer's balance counts for it. */
function openInvoice(
  books: Books,
  invoice: Invoice,
  { customer, balance }: { customer: Customer; balance: number },
  at: number,
): void {
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  invoice.starting_balance = balance;
  const owed = invoice.total + balance;
  invoice.ending_balance = Math.min(owed, 0);
  invoice.amount_due = invoice.amount_remaining = Math.max(owed, 0);
  Object.assign(invoice, {
    number,
    effective_at: at,
    hosted_invoice_url: `${books.context.publicUrl}/invoice/${invoice.id}`,
  });
  Object.assign(invoice, { status: 'open', automatically_finalizes_at: null, next_payment_attempt: null });
  invoice.status_transitions.finalized_at = at;
  books.save({
    ...customer,
    next_invoice_sequence: customer.next_invoice_sequence + 1,
    balance: customer.balance - balance + invoice.ending_balance,
  });
  books.save(invoice);
  books.emit('invoice.finalized', invoice, at);
}

/** An invoice for what was paid by then with `intent`, which says so at once; null: for nothing. */
export function invoiceSale(
  books: Books,
  input: Omit<InvoiceInput, 'subscription' | 'reason' | 'period' | 'finalizesAt'>,
  intent: PaymentIntent | null,
  at: number,
): Invoice {
  const { customer } = input;
  const period = { start: at, end: at };
  const invoice = newInvoice({ ...input, subscription: null, reason: 'manual', period, finalizesAt: null }, at);
  books.add(invoice, 'invoice.created');
  openInvoice(books, invoice, { customer, balance: 0 }, at);
  if (intent) {
    books.save({ ...intent, _invoice: invoice.id });
    books.add(newInvoicePayment(invoice, intent.id, at));
  }
  return markPaid(books, invoice, at);
}

function openPayment(books: Books, invoice: Invoice, at: number): void {
  const intent = newPaymentIntent(
    {
      amount: invoice.amount_remaining,
      currency: invoice.currency,
      customer: invoice.customer,
      clock: invoice._clock ?? null,
      description: invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
      invoice: invoice.id,
    },
    at,
  );
  books.add(intent, 'payment_intent.created');
  books.add(newInvoicePayment(invoice, intent.id, at));
}

/** The payment of an invoice that is still to be made, or was made. */
export function paymentOf(books: Books, invoice: Invoice) {
  return books.all('invoice_payment', { invoice: invoice.id }).at(-1);
}

/** open -> paid: the record of it, and its events. */
export function markPaid(books: Books, invoice: Invoice, at: number): Invoice {
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  Object.assign(invoice, { status: 'paid', attempted: true, auto_advance: false, next_payment_attempt: null });
  invoice.status_transitions.paid_at = at;
  books.save(invoice);
  const payment = paymentOf(books, invoice);
  if (payment) {
    Object.assign(payment, { status: 'paid', amount_paid: payment.amount_requested });
    payment.status_transitions.paid_at = at;
    books.save(payment);
    books.emit('invoice_payment.paid', payment, at);
  }
  books.emit('invoice.paid', invoice, at);
  books.emit('invoice.payment_succeeded', invoice, at);
  return invoice;
}

/** draft or open -> void; its payment intent is canceled. */
export function voidInvoice(books: Books, invoice: Invoice, at: number): Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible' && invoice.status !== 'draft') {
    throw invalidRequest(`You can only pass in open invoices. This invoice isn't open.`);
  }
  Object.assign(invoice, {
    status: 'void',
    auto_advance: false,
    next_payment_attempt: null,
    automatically_finalizes_at: null,
  });
  invoice.status_transitions.voided_at = at;
  books.save(invoice);
  cancelPayment(books, invoice, at);
  books.emit('invoice.voided', invoice, at);
  return invoice;
}

export function markUncollectible(books: Books, invoice: Invoice, at: number): Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'draft') {
    throw invalidRequest(`You can only mark open invoices as uncollectible. This invoice isn't open.`);
  }
  Object.assign(invoice, { status: 'uncollectible', auto_advance: false, next_payment_attempt: null });
  invoice.status_transitions.marked_uncollectible_at = at;
  books.save(invoice);
  books.emit('invoice.marked_uncollectible', invoice, at);
  return invoice;
}

function cancelPayment(books: Books, invoice: Invoice, at: number): void {
  const payment = paymentOf(books, invoice);
  if (!payment || payment.status !== 'open') return;
  payment.status = 'canceled';
  payment.status_transitions.canceled_at = at;
  books.save(payment);
  const intent = books.need('payment_intent', payment.payment.payment_intent);
  Object.assign(intent, {
    status: 'canceled',
    canceled_at: at,
    cancellation_reason: 'void_invoice',
    next_action: null,
  });
  books.save(intent);
  books.emit('payment_intent.canceled', intent, at);
}

/**
 * What the end of a subscription does to its unpaid invoices: no further tries; they stay open
 * until somebody voids them.
 */
export function stopCollecting(books: Books, subscription: Subscription, at: number): void {
  for (const invoice of books.all('invoice', { subscription: subscription.id })) {
    if (!invoice.auto_advance || (invoice.status !== 'open' && invoice.status !== 'draft')) continue;
    Object.assign(invoice, { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null });
    books.change(invoice, at, 'invoice.updated');
  }
}
