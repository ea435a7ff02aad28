import { expect, test } from '@jest/globals';
import { newOffer } from '../../../api/catalog/offer-schema.ts';

const judge = (price: object) => {
  const offer = { name: 'Studio', productIds: ['0190a1b2-0000-7000-8000-000000000001'], price };
  const judged = newOffer.safeParse(offer);
  return judged.success ? [] : judged.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};
const price = (amountMinor: number, currency: string, more = {}) => ({
  kind: 'subscription',
  amountMinor,
  currency,
  interval: 'month',
  ...more,
});

test.each([
  [1, 'usd', 'price.amountMinor must be 50 or more, which is the least that Stripe charges'],
  [29, 'gbp', 'price.amountMinor must be 30 or more, which is the least that Stripe charges'],
  [49, 'jpy', 'price.amountMinor must be 50 or more, which is the least that Stripe charges'],
  [1234, 'kwd', 'price.amountMinor must end in 0, as Stripe takes KWD'],
  [50_050, 'isk', 'price.amountMinor must end in 00, as Stripe takes ISK'],
  [50_001, 'ugx', 'price.amountMinor must end in 00, as Stripe takes UGX'],
])(
  'an amount that Stripe does not charge, %d of %s, is refused by the field and in words',
  (amount, currency, said) => {
    expect(judge(price(amount, currency))).toEqual([said]);
  },
);

test.each([
  [50, 'usd'],
  [30, 'gbp'],
  [50, 'jpy'],
  [1230, 'kwd'],
  [50_000, 'isk'],
])('%d of %s is what Stripe charges', (amount, currency) => {
  expect(judge(price(amount, currency))).toEqual([]);
});

test('a fee that is charged alone, before a trial, is judged as a charge; beside a payment only by its last digits', () => {
  expect(judge(price(2900, 'usd', { setupFeeMinor: 10 }))).toEqual([]);
  expect(judge(price(2900, 'usd', { setupFeeMinor: 10, trialDays: 14 }))).toEqual([
    'price.setupFeeMinor must be 50 or more, which is the least that Stripe charges',
  ]);
  expect(judge(price(29_000, 'kwd', { setupFeeMinor: 1001 }))).toEqual([
    'price.setupFeeMinor must end in 0, as Stripe takes KWD',
  ]);
});
