/**
 * Stripe's documented test cards: number, token name, and what they do (https://docs.stripe.com/testing).
 * Any other number is declined, as Stripe declines a real card in test mode.
 */
export interface CardBehaviour {
  brand: string;
  funding: 'credit' | 'debit';
  /** Names after `pm_card_` that make this card. */
  tokens: string[];
  decline?: { code: string; decline_code: string };
  /** A declining card can be saved all the same: 0341 at Stripe, and those that are ours. */
  attaches?: boolean;
  /** `setup`: until it was passed once while saving the card. `always`: for every payment. */
  authentication?: 'setup' | 'always';
  dispute?: DisputeOpening;
  refund?: 'pending' | 'fails';
}

/** Why a bank takes the money back; with a `warning_` it only asks. */
export interface DisputeOpening {
  reason: string;
  status: 'needs_response' | 'warning_needs_response';
}

const visa = (tokens: string, more: Partial<CardBehaviour> = {}): CardBehaviour => ({
  brand: 'visa',
  funding: 'credit',
  tokens: tokens.split(' '),
  ...more,
});

const declined = (tokens: string, code: string, decline_code = code): CardBehaviour =>
  visa(tokens, { decline: { code, decline_code } });

const TEST_CARDS: Record<string, CardBehaviour> = {
  '4242424242424242': visa('visa'),
  '4000056655665556': visa('visa_debit', { funding: 'debit' }),
  '5555555555554444': visa('mastercard', { brand: 'mastercard' }),
  '2223003122003222': visa('mastercard_series2', { brand: 'mastercard' }),
  '5200828282828210': visa('mastercard_debit', { brand: 'mastercard', funding: 'debit' }),
  '378282246310005': visa('amex', { brand: 'amex' }),
  '6011111111111117': visa('discover', { brand: 'discover' }),
  '4000000000000002': declined('chargeDeclined visa_chargeDeclined', 'card_declined', 'generic_decline'),
  '4000000000009995': declined(
    'chargeDeclinedInsufficientFunds visa_chargeDeclinedInsufficientFunds',
    'card_declined',
    'insufficient_funds',
  ),
  '4000000000009987': declined('chargeDeclinedLostCard visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'),
  '4000000000009979': declined(
    'chargeDeclinedStolenCard visa_chargeDeclinedStolenCard',
    'card_declined',
    'stolen_card',
  ),
  '4000000000000069': declined('chargeDeclinedExpiredCard', 'expired_card'),
  '4000000000000127': declined('chargeDeclinedIncorrectCvc', 'incorrect_cvc'),
  '4000000000000119': declined('chargeDeclinedProcessingError', 'processing_error'),
  '4000000000006975': declined('visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'),
  '4000000000000341': {
    ...declined('chargeCustomerFail visa_chargeCustomerFail', 'card_declined', 'generic_decline'),
    attaches: true,
  },
  // Stripe has no card that is saved and reported lost later; these are the sandbox's own.
  '4000000000000358': { ...declined('chargeCustomerFailLostCard', 'card_declined', 'lost_card'), attaches: true },
  '4000000000000366': { ...declined('chargeCustomerFailStolenCard', 'card_declined', 'stolen_card'), attaches: true },
  '4000000000000374': { ...declined('chargeCustomerFailPickupCard', 'card_declined', 'pickup_card'), attaches: true },
  '4000002500003155': visa('authenticationRequiredOnSetup', { authentication: 'setup' }),
  '4000002760003184': visa('authenticationRequired', { authentication: 'always' }),
  '4000000000003220': visa('threeDSecure2Required', { authentication: 'always' }),
  '4000000000000259': visa('createDispute', { dispute: { reason: 'fraudulent', status: 'needs_response' } }),
  '4000000000002685': visa('createDisputeProductNotReceived', {
    dispute: { reason: 'product_not_received', status: 'needs_response' },
  }),
  '4000000000001976': visa('createDisputeInquiry', {
    dispute: { reason: 'general', status: 'warning_needs_response' },
  }),
  '4000000000007726': visa('pendingRefund', { refund: 'pending' }),
  '4000000000005126': visa('refundFail', { refund: 'fails' }),
};

const REAL_CARD: CardBehaviour = declined('', 'card_declined', 'test_mode_live_card');

export function cardFacts(number: string): CardBehaviour {
  return TEST_CARDS[number] ?? REAL_CARD;
}

/** The number behind a token such as `pm_card_visa` or `tok_visa`; undefined for anything else. */
export function numberOfToken(token: string): string | undefined {
  const name = /^(?:pm_card|tok)_(.+)$/.exec(token)?.[1];
  return name && Object.keys(TEST_CARDS).find((number) => TEST_CARDS[number]?.tokens.includes(name));
}

const MESSAGES: Record<string, string> = {
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  card_velocity_exceeded:
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  test_mode_live_card: 'Your card was declined. Your request was in test mode, but used a non test (live) card.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
};

export function declineMessage(declineCode: string): string {
  return MESSAGES[declineCode] ?? 'Your card was declined.';
}

/** Digits of a typed card number, if it is one at all (length and Luhn's check). */
export function readCardNumber(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return null;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0 ? digits : null;
}
