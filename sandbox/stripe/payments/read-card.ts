import { invalidRequest } from '../protocol/fault.ts';
import { readCardNumber } from '../protocol/test-cards.ts';

/** When a card expires of which nothing else is said: in three years. */
export function expiryAfter(at: number): { exp_month: number; exp_year: number } {
  return { exp_month: 12, exp_year: new Date(at * 1000).getUTCFullYear() + 3 };
}

/** A typed card, if it can be one at `at`: number, month and year are checked as Stripe does. */
export function readCard(input: { number: string; exp_month: number; exp_year: number }, at: number) {
  const number = readCardNumber(input.number);
  if (!number) throw invalidRequest('Your card number is incorrect.', 'number', 'incorrect_number');
  if (input.exp_month < 1 || input.exp_month > 12)
    throw invalidRequest("Your card's expiration month is invalid.", 'exp_month', 'invalid_expiry_month');
  const year = input.exp_year < 100 ? 2000 + input.exp_year : input.exp_year;
  const today = new Date(at * 1000);
  const past =
    year < today.getUTCFullYear() || (year === today.getUTCFullYear() && input.exp_month < today.getUTCMonth() + 1);
  if (past || year > today.getUTCFullYear() + 50)
    throw invalidRequest("Your card's expiration year is invalid.", 'exp_year', 'invalid_expiry_year');
  return { number, exp_month: input.exp_month, exp_year: year };
}
