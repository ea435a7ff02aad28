import type { Books } from '../data/books.ts';
import type { CheckoutSession, PaymentIntent, PaymentMethod } from '../data/docs.ts';
import { declineOf, NOT_AUTHENTICATED, payIntent, refuseIntent } from '../payments/pay-intent.ts';
import { newPaymentIntent, newSetupIntent } from '../shapes/payment.ts';

type Tried = { method: PaymentMethod; verdict: 'declines' | 'needs_authentication' };

/**
 * A card that was tried on a page and did not pay. It leaves an intent of the customer, which in
 * subscription mode does not say of which page it is.
 */
export function noteTry(books: Books, session: CheckoutSession, { method, verdict }: Tried, at: number): void {
  if ((session.amount_total ?? 0) === 0) {
    if (verdict === 'declines') noteRefusedSetup(books, session, method, at);
    return;
  }
  payIntent(books, triedIntent(books, session, at), { method, authenticationUrl: session.url ?? '' }, at);
}

/** The 3-D Secure step that was not passed. */
export function noteNotAuthenticated(books: Books, session: CheckoutSession, at: number): void {
  const waiting = triedIntents(books, session).find(({ status }) => status === 'requires_action');
  if (waiting) refuseIntent(books, waiting, { error: NOT_AUTHENTICATED, charge: null }, at);
}

/** What was tried before is given up once the page has been paid with another intent. */
export function forgetTry(books: Books, session: CheckoutSession, at: number): void {
  for (const intent of triedIntents(books, session))
    books.save({ ...intent, status: 'canceled', canceled_at: at, cancellation_reason: 'abandoned', next_action: null });
}

/** Several tries on a page are of one intent. */
function triedIntent(books: Books, session: CheckoutSession, at: number): PaymentIntent {
  const [known] = triedIntents(books, session);
  if (known) return known;
  const { metadata, description, setupFutureUsage } = session._intentData;
  const input = {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    clock: session._clock ?? null,
    metadata,
    description,
    setup_future_usage: setupFutureUsage,
  };
  const intent = { ...newPaymentIntent(input, at), _session: session.id };
  return books.add(intent, 'payment_intent.created');
}

function triedIntents(books: Books, { id, customer }: CheckoutSession): PaymentIntent[] {
  if (customer === null) return [];
  return books
    .all('payment_intent', { customer })
    .filter(({ _session, status }) => _session === id && status !== 'canceled');
}

function noteRefusedSetup(books: Books, session: CheckoutSession, method: PaymentMethod, at: number): void {
  const labels = { clock: session._clock ?? null, metadata: session._intentData.metadata ?? {} };
  const intent = newSetupIntent({ customer: session.customer, ...labels }, at);
  books.add(intent, 'setup_intent.created');
  Object.assign(intent, { last_setup_error: declineOf(method) });
  books.save(intent);
  books.emit('setup_intent.setup_failed', intent, at);
}
