import { expect, test } from '@jest/globals';
import { methodInWords, type MethodNamed } from '../../../emails/words/card.ts';

const method = (given: Partial<MethodNamed>): MethodNamed => ({
  kind: 'card',
  brand: null,
  last4: null,
  wallet: null,
  ...given,
});

test.each<[Partial<MethodNamed>, string]>([
  [{ brand: 'visa', last4: '4242' }, 'Visa ending in 4242'],
  [{ brand: 'amex', last4: '0005', wallet: 'apple_pay' }, 'American Express ending in 0005 (Apple Pay)'],
  [{ brand: 'mastercard', last4: '4444', wallet: 'samsung_pay' }, 'Mastercard ending in 4444 (Samsung Pay)'],
  [{ kind: 'sepa_debit', last4: '3000' }, 'SEPA direct debit ending in 3000'],
  [{ kind: 'us_bank_account', last4: '6789' }, 'Bank account ending in 6789'],
  [{ kind: 'paypal' }, 'PayPal'],
  [{ kind: 'link' }, 'Link'],
  [{ kind: 'amazon_pay' }, 'Amazon pay'],
])('%j is called %s [R12.1]', (given, words) => {
  expect(methodInWords(method(given))).toBe(words);
});
