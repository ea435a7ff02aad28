import { visible, type Books } from '../data/books.ts';
import type { Charge, PaymentIntent, PaymentMethod } from '../data/docs.ts';
import type { ApiErrorBody } from '../protocol/fault.ts';
import { newCharge } from '../shapes/payment.ts';
import { newDispute } from '../shapes/reversal.ts';
import { cardFacts, declineMessage, type DisputeOpening } from '../protocol/test-cards.ts';

export type PaymentOutcome =
  { kind: 'paid'; charge: Charge } | { kind: 'declined'; error: ApiErrorBody } | { kind: 'needs_authentication' };

export interface PaymentSituation {
  method: PaymentMethod;
  /** The person has just passed 3-D Secure for this payment. */
  authenticated?: boolean | undefined;
  /** Where 3-D Secure is done, should it be needed. */
  authenticationUrl: string;
}

/** The error of a 3-D Secure step that was not passed. */
export const NOT_AUTHENTICATED: ApiErrorBody = {
  type: 'card_error',
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

/** What a card would answer, without anything being recorded. */
export function verdictOf(method: PaymentMethod, authenticated: boolean): 'pays' | 'declines' | 'needs_authentication' {
  const { decline, authentication } = cardFacts(method._number);
  if (decline) return 'declines';
  const proven = authenticated || (authentication === 'setup' && method._authenticated);
  return authentication && !proven ? 'needs_authentication' : 'pays';
}

export function declineOf(method: PaymentMethod): ApiErrorBody {
  const { code, decline_code } = cardFacts(method._number).decline ?? {
    code: 'card_declined',
    decline_code: 'generic_decline',
  };
  return {
    type: 'card_error',
    code,
    decline_code,
    message: declineMessage(decline_code),
    param: '',
    payment_method: visible(method),
  };
}

/**
 * Tries to pay a payment intent with a card: charge, events, and a dispute where the card brings
 * one.
 */
export function payIntent(
  books: Books,
  intent: PaymentIntent,
  { method, authenticated = false, authenticationUrl }: PaymentSituation,
  at: number,
): PaymentOutcome {
  const verdict = verdictOf(method, authenticated);
  intent.payment_method = method.id;
  if (verdict === 'needs_authentication') return askForAuthentication(books, intent, authenticationUrl, at);
  if (verdict === 'declines') return failIntent(books, intent, method, at);
  const charge = newCharge(intent, method, null, at);
  books.add(charge, 'charge.succeeded');
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: null,
  });
  books.save(intent);
  books.emit('payment_intent.succeeded', intent, at);
  const { dispute } = cardFacts(method._number);
  return { kind: 'paid', charge: dispute ? openDispute(books, charge, dispute, at) : charge };
}

function askForAuthentication(books: Books, intent: PaymentIntent, url: string, at: number): PaymentOutcome {
  intent.status = 'requires_action';
  intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } };
  books.save(intent);
  books.emit('payment_intent.requires_action', intent, at);
  return { kind: 'needs_authentication' };
}

/** An attempt that the bank refuses: its charge, and the intent that waits for another one. */
export function failIntent(books: Books, intent: PaymentIntent, method: PaymentMethod, at: number): PaymentOutcome {
  const error = declineOf(method);
  const charge = newCharge(intent, method, error, at);
  books.add(charge, 'charge.failed');
  refuseIntent(books, intent, { error: { ...error, charge: charge.id }, charge: charge.id }, at);
  return { kind: 'declined', error: { ...error, charge: charge.id } };
}

/** The payment intent after a failed attempt: it waits for another card. */
export function refuseIntent(
  books: Books,
  intent: PaymentIntent,
  { error, charge }: { error: ApiErrorBody; charge: string | null },
  at: number,
): void {
  Object.assign(intent, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  });
  intent.latest_charge = charge ?? intent.latest_charge;
  books.save(intent);
  books.emit('payment_intent.payment_failed', intent, at);
}

/** Opens a dispute over a charge: the customer's bank took the money back. */
export function openDispute(books: Books, charge: Charge, opened: DisputeOpening, at: number): Charge {
  books.change({ ...charge, disputed: true }, at, 'charge.updated');
  books.add(newDispute(charge, opened, at), 'charge.dispute.created');
  return { ...charge, disputed: true };
}
