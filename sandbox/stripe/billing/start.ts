import type { Books } from '../data/books.ts';
import type { Invoice, PaymentMethod, Price, Subscription } from '../data/docs.ts';
import { ApiFault, cardRefusal, invalidRequest } from '../protocol/fault.ts';
import { newSubscription, type NewSubscriptionInput } from '../shapes/subscription.ts';
import { boundaryAfter } from './calendar.ts';
import { collectInvoice, type AttemptOutcome } from './collect.ts';
import { putOn, type Redeemable } from './discounts.ts';
import { draftInvoice, finalizeInvoice } from './invoices.ts';
import { oneOffLine, periodFrom, periodLines, trialLines } from './lines.ts';
import { productNames } from './names.ts';

export interface StartInput extends Omit<NewSubscriptionInput, 'anchor' | 'period'> {
  /** One-off prices on the first invoice, e.g. a setup fee. */
  fees: { price: Price; quantity: number }[];
  discounts: Redeemable[];
  cancelAt: number | 'period_end' | null;
  behaviour: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete';
  /**
   * The card that pays the first invoice where it is not a default one, and whether it has just
   * passed 3-D Secure.
   */
  payment: { method?: PaymentMethod | undefined; authenticated?: boolean };
}

/**
 * Begins a subscription: its first period (or trial) and its first invoice, paid at once if it can
 * be.
 */
export function startSubscription(
  books: Books,
  input: StartInput,
  at: number,
): { subscription: Subscription; invoice: Invoice } {
  checkItems(input);
  const subscription = compose(input, at);
  putOn(books, subscription, input.discounts, at);
  const names = productNames(books);
  const period = { start: at, end: subscription.items.data[0]!.current_period_end, natural: firstPeriodEnd(input, at) };
  const billed =
    input.trialEnd === null ? periodLines(subscription, period, names) : trialLines(subscription, at, names);
  const fees = input.fees.map(({ price, quantity }) =>
    oneOffLine({ price, quantity, name: names(price) }, subscription.id, at),
  );
  const lines = [...fees, ...billed];
  const span = { start: at, end: at };
  const invoice = draftInvoice(
    books,
    { subscription, reason: 'subscription_create', lines, period: span, finalizesAt: at },
    at,
  );
  requireMethod(input, invoice);
  books.save({ ...books.need('customer', input.customer.id), currency: subscription.currency });
  books.add(subscription, 'customer.subscription.created');
  books.add(invoice, 'invoice.created');
  finalizeInvoice(books, invoice, at);
  if (input.behaviour !== 'default_incomplete' || invoice.amount_remaining === 0) payFirst(books, input, invoice, at);
  return { subscription: books.need('subscription', subscription.id), invoice: books.need('invoice', invoice.id) };
}

function firstPeriodEnd(input: StartInput, at: number): number {
  return input.trialEnd ?? boundaryAfter(at, input.items[0]!.price.recurring!, at);
}

function compose(input: StartInput, at: number): Subscription {
  const natural = firstPeriodEnd(input, at);
  const cancelAt = input.cancelAt === 'period_end' ? natural : input.cancelAt;
  if (cancelAt !== null && cancelAt <= at)
    throw invalidRequest('The `cancel_at` timestamp must be in the future.', 'cancel_at');
  const subscription = newSubscription(
    { ...input, anchor: input.trialEnd ?? at, period: { start: at, end: natural } },
    at,
  );
  if (cancelAt === null) return subscription;
  const end = input.trialEnd === null ? periodFrom(subscription, at, cancelAt).end : natural;
  for (const item of subscription.items.data) Object.assign(item, { current_period_end: end, billed_until: end });
  const cancellation_details = { ...subscription.cancellation_details, reason: 'cancellation_requested' };
  return {
    ...subscription,
    cancel_at: cancelAt,
    cancel_at_period_end: input.cancelAt === 'period_end',
    canceled_at: at,
    cancellation_details,
  };
}

function checkItems({ items, trialEnd }: StartInput): void {
  const [first] = items;
  if (!first) throw invalidRequest('Missing required param: items.', 'items', 'parameter_missing');
  for (const [index, { price }] of items.entries()) {
    if (!price.recurring) {
      const message = `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`;
      throw invalidRequest(message, `items[${index}][price]`);
    }
    const same =
      JSON.stringify(price.recurring) === JSON.stringify(first.price.recurring) &&
      price.currency === first.price.currency;
    if (!same)
      throw invalidRequest('Currency and interval fields must match across all items on this subscription.', 'items');
  }
  if (trialEnd !== null && !Number.isInteger(trialEnd))
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp', 'trial_end');
}

function requireMethod(input: StartInput, invoice: Invoice): void {
  if (invoice.total + input.customer.balance <= 0 || input.behaviour === 'default_incomplete') return;
  const { default_payment_method } = input.customer.invoice_settings;
  if (input.payment.method || input.defaultPaymentMethod || default_payment_method) return;
  const message =
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method.';
  throw new ApiFault({ status: 400, type: 'invalid_request_error', code: 'resource_missing', message });
}

/** With `error_if_incomplete` a payment that does not go through leaves no subscription at all. */
function payFirst(books: Books, input: StartInput, invoice: Invoice, at: number): AttemptOutcome {
  const outcome = collectInvoice(books, invoice, { ...input.payment, automatic: false }, at);
  if (input.behaviour !== 'error_if_incomplete') return outcome;
  if (outcome.kind === 'declined') throw cardRefusal(outcome.error);
  if (outcome.kind === 'needs_authentication') {
    const message =
      'Payment for this subscription requires additional user action before it can be completed successfully.';
    throw cardRefusal({ type: 'card_error', code: 'subscription_payment_intent_requires_action', message });
  }
  return outcome;
}
