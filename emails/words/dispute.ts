import type { DisputeStatus } from '../../workflows/domain/payments.ts';

/** Where a dispute stands. */
export const DISPUTE_STATE_WORDS = {
  inquiry: 'an inquiry: nothing has been taken yet, and a refund settles it',
  open: 'the bank holds the money',
  won: 'won',
  lost: 'lost: the customer keeps the money',
  closed: 'the inquiry came to nothing',
} as const satisfies Record<DisputeStatus, string>;

/** Stripe's reasons of a dispute, in words (https://docs.stripe.com/disputes/categories). */
export const DISPUTES = {
  bank_cannot_process: 'the bank could not process the payment',
  check_returned: 'the check was returned',
  credit_not_processed: 'a promised refund did not arrive',
  customer_initiated: 'the customer disputed it, without a reason',
  debit_not_authorized: 'the customer did not allow the debit',
  duplicate: 'the customer paid twice for the same thing',
  fraudulent: 'the customer says that they did not make the payment',
  general: 'no reason was given',
  incorrect_account_details: 'the account details were wrong',
  insufficient_funds: 'there was not enough money on the account',
  noncompliant: 'the payment broke a rule of the card network',
  product_not_received: 'the customer says that nothing was delivered',
  product_unacceptable: 'the customer says that it is not as described',
  subscription_canceled: 'the customer says that they had canceled',
  unrecognized: 'the customer does not recognize the payment',
};

type DisputeWords = Readonly<Record<string, string>>;

/** Why a payment is disputed, in words; a code without words is itself. Null: not known. */
export const disputeWords = (reason: string | null, words: DisputeWords = DISPUTES): string | null =>
  reason !== null && Object.hasOwn(words, reason) ? words[reason]! : reason;

/** The same, with Stripe's own code. */
export function disputeInFull(reason: string | null, known: DisputeWords = DISPUTES): string | null {
  const words = disputeWords(reason, known);
  return words === reason ? words : `${words} (${reason})`;
}
