import { startSubscription } from '../billing/start.ts';
import type { Books } from '../data/books.ts';
import type { CheckoutSession, Customer, PaymentMethod } from '../data/docs.ts';
import { attachMethod } from '../payments/methods.ts';
import { NOT_AUTHENTICATED, declineOf, verdictOf } from '../payments/pay-intent.ts';
import { cardFacts } from '../protocol/test-cards.ts';
import { redeemable, type Redeemable } from '../billing/discounts.ts';
import { ApiFault, invalidRequest, type ApiErrorBody } from '../protocol/fault.ts';
import { newCustomer, newPaymentMethod, type CardInput } from '../shapes/catalog.ts';
import { newSetupIntent } from '../shapes/payment.ts';
import { payOnce, type Completion } from './pay-once.ts';
import { forgetTry, noteNotAuthenticated, noteTry } from './tries.ts';

const DAY = 86_400;

export type CheckoutOutcome =
  { kind: 'completed' } | { kind: 'declined'; error: ApiErrorBody } | { kind: 'needs_authentication' };

/** Whether the person must give a card at all. */
export function needsCard(session: CheckoutSession): boolean {
  return (
    session.mode === 'setup' || (session.amount_total ?? 0) > 0 || session.payment_method_collection !== 'if_required'
  );
}

/** A person submits the page with a card: declined, asked for 3-D Secure, or done. */
export function submitCard(
  books: Books,
  session: CheckoutSession,
  card: CardInput,
  how: 'at_once' | 'later' = 'at_once',
): CheckoutOutcome {
  const at = books.customerTime(session.customer);
  const method = books.save({ ...newPaymentMethod(card, at), _clock: session._clock ?? null });
  const verdict = verdictOf(method, false);
  if (verdict === 'needs_authentication') {
    noteTry(books, session, { method, verdict }, at);
    books.save({ ...session, _pendingMethod: method.id });
    return { kind: 'needs_authentication' };
  }
  const saved = (session.amount_total ?? 0) === 0 && cardFacts(method._number).attaches;
  if (verdict === 'declines' && !saved) {
    noteTry(books, session, { method, verdict }, at);
    return { kind: 'declined', error: declineOf(method) };
  }
  return completeSession(books, session, method, how);
}

/** The 3-D Secure step of a session: passed, or failed and back to the card. */
export function answerAuthentication(books: Books, session: CheckoutSession, passed: boolean): CheckoutOutcome {
  const method = session._pendingMethod ? books.need('payment_method', session._pendingMethod) : null;
  if (!passed || !method) {
    noteNotAuthenticated(books, session, books.customerTime(session.customer));
    books.save({ ...session, _pendingMethod: null });
    return { kind: 'declined', error: NOT_AUTHENTICATED };
  }
  return completeSession(books, session, books.save({ ...method, _authenticated: true }), 'authenticated');
}

/**
 * What a completed page brings about: customer, saved card, and by mode a subscription, a payment
 * or a setup.
 */
export function completeSession(
  books: Books,
  session: CheckoutSession,
  method: PaymentMethod | null,
  how: Completion['how'],
): CheckoutOutcome {
  if (how === 'later' && session.mode !== 'payment')
    throw invalidRequest('Only `payment` sessions are paid later here.');
  const at = books.customerTime(session.customer);
  const discounts = stillRedeemable(books, session);
  if (discounts === null) return { kind: 'declined', error: CODE_IS_OVER };
  const customer = sessionCustomer(books, session, method, at);
  forgetTry(books, session, at);
  const done: CheckoutSession = {
    ...session,
    status: 'complete',
    url: null,
    customer: customer?.id ?? null,
    _pendingMethod: null,
  };
  done.customer_details = {
    ...session.customer_details,
    email: customer?.email ?? method?.billing_details.email ?? null,
    name: method?.billing_details.name ?? null,
  };
  done.payment_status = statusOf(session, how);
  BY_MODE[session.mode](books, done, { customer, method, how, discounts }, at);
  books.save(done);
  books.emit('checkout.session.completed', done, at);
  return { kind: 'completed' };
}

const CODE_IS_OVER: ApiErrorBody = {
  type: 'invalid_request_error',
  message: 'The promotion code of this checkout can no longer be redeemed. Go back and begin without it.',
};

/** What the session takes off; null = it was redeemed by others meanwhile, or ended. */
function stillRedeemable(books: Books, { discounts, customer, currency }: CheckoutSession): Redeemable[] | null {
  try {
    return discounts.map(({ coupon, promotion_code: promotion }) => {
      const named = promotion === null ? { coupon: coupon ?? '' } : { promotion_code: promotion };
      return redeemable(books, named, { customer, currency: currency ?? '' }, 'discounts[0]');
    });
  } catch (error) {
    if (error instanceof ApiFault) return null;
    throw error;
  }
}

function statusOf({ amount_total }: CheckoutSession, how: Completion['how']): CheckoutSession['payment_status'] {
  if (!amount_total) return 'no_payment_required';
  return how === 'later' ? 'unpaid' : 'paid';
}

const BY_MODE = { subscription: subscribe, payment: payOnce, setup: setUp };

function sessionCustomer(
  books: Books,
  session: CheckoutSession,
  method: PaymentMethod | null,
  at: number,
): Customer | null {
  if (session.customer) return books.need('customer', session.customer);
  const isNeeded = session.mode === 'subscription' || session.invoice_creation?.enabled;
  if (!isNeeded && session.customer_creation !== 'always') return null;
  const { name, email } = method?.billing_details ?? { name: null, email: null };
  return books.add(newCustomer({ email: session.customer_email ?? email, name }, at), 'customer.created');
}

function subscribe(books: Books, session: CheckoutSession, completion: Completion, at: number): void {
  const { trialEnd, trialDays, metadata, description, missingMethod } = session._subscriptionData;
  const { customer, method, how, discounts } = completion;
  const attached = method && attachMethod(books, method, customer!, at);
  const input = {
    customer: books.need('customer', customer!.id),
    items: session._lines.filter(({ price }) => price.recurring).map(({ price, quantity }) => ({ price, quantity })),
    fees: session._lines.filter(({ price }) => !price.recurring),
    trialEnd: trialEnd ?? (trialDays ? at + trialDays * DAY : null),
    discounts,
    cancelAt: null,
    metadata: metadata ?? {},
    description: description ?? null,
    defaultPaymentMethod: attached?.id ?? null,
    missingMethod: missingMethod ?? ('create_invoice' as const),
    behaviour: 'allow_incomplete' as const,
    payment: { method: attached ?? undefined, authenticated: how === 'authenticated' },
  };
  const { subscription, invoice } = startSubscription(books, input, at);
  Object.assign(session, { subscription: subscription.id, invoice: invoice.id });
}

function setUp(books: Books, session: CheckoutSession, { customer, method }: Completion, at: number): void {
  const labels = { clock: session._clock ?? null, metadata: session._intentData.metadata ?? {} };
  const intent = newSetupIntent({ customer: customer?.id ?? null, ...labels }, at);
  books.add(intent, 'setup_intent.created');
  if (customer) attachMethod(books, method!, customer, at);
  Object.assign(intent, { status: 'succeeded', payment_method: method!.id });
  books.save(intent);
  books.emit('setup_intent.succeeded', intent, at);
  session.setup_intent = intent.id;
}
