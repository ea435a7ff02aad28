import { invoiceSale } from '../billing/invoices.ts';
import { redeem, type Redeemable } from '../billing/discounts.ts';
import { productNames } from '../billing/names.ts';
import type { Books } from '../data/books.ts';
import type { CheckoutSession, Customer, Discount, Invoice, PaymentIntent, PaymentMethod } from '../data/docs.ts';
import { attachMethod } from '../payments/methods.ts';
import { failIntent, payIntent } from '../payments/pay-intent.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { newDiscount } from '../shapes/discount.ts';
import { newPaymentIntent } from '../shapes/payment.ts';

/**
 * Who completed the page, and how it is paid; `later`: as by a bank debit, of which the bank says
 * days after whether it succeeds.
 */
export interface Completion {
  customer: Customer | null;
  method: PaymentMethod | null;
  how: 'at_once' | 'authenticated' | 'later';
  discounts: Redeemable[];
}

/** A session in payment mode: its payment, and its invoice where one was asked for. */
export function payOnce(books: Books, session: CheckoutSession, completion: Completion, at: number): void {
  for (const discount of completion.discounts) redeem(books, discount, at);
  const intent = completion.method && session.amount_total ? openIntent(books, session, completion, at) : null;
  if (intent && completion.method && completion.how !== 'later') {
    const authenticated = completion.how === 'authenticated';
    payIntent(books, intent, { method: completion.method, authenticated, authenticationUrl: session.url ?? '' }, at);
  }
  if (completion.how !== 'later') session.invoice = invoiceOf(books, session, intent, at)?.id ?? null;
}

function openIntent(
  books: Books,
  session: CheckoutSession,
  { customer, method, how }: Completion,
  at: number,
): PaymentIntent {
  const { metadata, description, setupFutureUsage } = session._intentData;
  const input = {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: customer?.id ?? null,
    clock: session._clock ?? null,
    metadata,
    description,
    setup_future_usage: setupFutureUsage,
  };
  const intent = newPaymentIntent(input, at);
  if (customer && method && setupFutureUsage) attachMethod(books, method, customer, at);
  books.add(intent, 'payment_intent.created');
  session.payment_intent = intent.id;
  if (how !== 'later') return intent;
  const processing = books.save({ ...intent, status: 'processing' as const, payment_method: method?.id ?? null });
  books.emit('payment_intent.processing', processing, at);
  return processing;
}

function invoiceOf(books: Books, session: CheckoutSession, intent: PaymentIntent | null, at: number): Invoice | null {
  const { invoice_creation: asked, currency } = session;
  if (!asked?.enabled || !session.customer) return null;
  const names = productNames(books);
  const period = { start: at, end: at };
  const lines = session._lines.map(({ price, quantity }) => {
    return { amount: price.unit_amount * quantity, description: names(price), period, quantity, price };
  });
  const { metadata, description } = asked.invoice_data;
  const customer = books.need('customer', session.customer);
  const about = { metadata: metadata ?? {}, description: description ?? undefined };
  const discounts = discountsOf(books, session, at);
  return invoiceSale(books, { customer, lines, discounts, currency: currency ?? 'usd', ...about }, intent, at);
}

/** What was redeemed by its page, for its one invoice. */
const discountsOf = (books: Books, session: CheckoutSession, at: number): Discount[] =>
  session.discounts.map((named) => {
    const promotion = named.promotion_code === null ? null : books.need('promotion_code', named.promotion_code);
    const coupon = books.need('coupon', promotion?.promotion.coupon ?? named.coupon ?? '');
    const of = { customer: session.customer, subscription: null, session: session.id };
    return books.add(newDiscount({ coupon, promotion, ...of, end: null, clock: session._clock ?? null }, at));
  });

/** The bank says whether a payment that was under way has succeeded. */
export function settleLater(books: Books, session: CheckoutSession, as: 'succeeded' | 'failed'): CheckoutSession {
  const intent = session.payment_intent === null ? null : books.need('payment_intent', session.payment_intent);
  if (intent?.status !== 'processing' || !intent.payment_method)
    throw invalidRequest('No payment of this Checkout Session is under way.');
  const at = books.customerTime(session.customer);
  const method = books.need('payment_method', intent.payment_method);
  if (as === 'failed') {
    failIntent(books, intent, method, at);
    books.emit('checkout.session.async_payment_failed', session, at);
    return session;
  }
  payIntent(books, intent, { method, authenticated: true, authenticationUrl: '' }, at);
  const invoice = invoiceOf(books, session, intent, at)?.id ?? null;
  const paid = books.save({ ...session, payment_status: 'paid' as const, invoice });
  books.emit('checkout.session.async_payment_succeeded', paid, at);
  return paid;
}
