/** Stripe's codes for why a payment failed, in words that follow "because" as well (https://docs.stripe.com/declines/codes). */
export const DECLINES = {
  authentication_required: 'the bank wants the payment to be confirmed',
  approve_with_id: 'the bank could not approve it at that moment',
  call_issuer: 'the bank wants to be called first',
  card_not_supported: 'the card does not support this kind of payment',
  card_velocity_exceeded: 'the limit of the card has been reached',
  currency_not_supported: 'the card does not support this currency',
  duplicate_transaction: 'the bank took it for a duplicate',
  expired_card: 'the card has expired',
  fraudulent: 'Stripe suspected fraud',
  incorrect_address: 'the address does not match the card',
  incorrect_cvc: 'the security code of the card is wrong',
  incorrect_number: 'the card number is wrong',
  incorrect_zip: 'the postal code does not match the card',
  insufficient_funds: 'there was not enough money on the card',
  invalid_account: 'the card, or its account, is not valid',
  invalid_amount: 'the amount is more than the card allows',
  invalid_cvc: 'the security code of the card is wrong',
  invalid_expiry_month: 'the expiry date of the card is wrong',
  invalid_expiry_year: 'the expiry date of the card is wrong',
  invalid_number: 'the card number is wrong',
  issuer_not_available: 'the bank could not be reached',
  lost_card: 'the card is reported lost',
  merchant_blacklist: 'the card is on a block list at Stripe',
  new_account_information_available: 'the card, or its account, is not valid',
  not_permitted: 'the bank does not allow the payment',
  payment_intent_payment_attempt_failed: 'there was no card that could be charged',
  pickup_card: 'the card is reported lost or stolen',
  processing_error: 'something went wrong while it was processed',
  reenter_transaction: 'something went wrong while it was processed',
  restricted_card: 'the card may not be used, as it may be lost or stolen',
  revocation_of_all_authorizations: 'all charges to the card were stopped at the bank',
  revocation_of_authorization: 'charges to the card were stopped at the bank',
  stolen_card: 'the card is reported stolen',
  stop_payment_order: 'charges to the card were stopped at the bank',
  testmode_decline: 'it was a test card',
  transaction_not_allowed: 'the bank does not allow the payment',
  try_again_later: 'the bank could not approve it at that moment',
  withdrawal_count_limit_exceeded: 'the limit of the card has been reached',
};

/** `declined`: where a code has no words of its own. */
export type DeclineWords = { declines: Readonly<Record<string, string>>; declined: string };

export const DECLINE_WORDS = { declines: DECLINES, declined: 'the bank declined it' };

/**
 * Reasons that the card's holder must not read, as Stripe asks: the card may be in the wrong hands.
 */
const KEPT_FROM_CUSTOMERS = [
  'fraudulent',
  'lost_card',
  'merchant_blacklist',
  'pickup_card',
  'restricted_card',
  'stolen_card',
];

/**
 * Why a payment failed, in words; a code without words of its own says no more than that the bank
 * declined. Null where no code is known.
 */
export const declineWords = (code: string | null, { declines, declined }: DeclineWords = DECLINE_WORDS) =>
  code === null ? null : Object.hasOwn(declines, code) ? declines[code]! : declined;

/** The code that the customer may read. */
export const codeForCustomer = (code: string | null): string | null =>
  code !== null && KEPT_FROM_CUSTOMERS.includes(code) ? 'generic_decline' : code;

/** To admins: the words and Stripe's own code. */
export const declineInFull = (code: string | null, words: DeclineWords = DECLINE_WORDS): string | null =>
  code === null ? null : `${declineWords(code, words)} (${code})`;
