import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { toMethod } from '../../../activities/gateways/stripe/to-method.ts';

const asStripe = (object: object) => object as Stripe.PaymentMethod;

test('a card says its brand, its end, until when it is good, and the wallet it lies in', () => {
  const card = { brand: 'visa', last4: '4242', exp_month: 8, exp_year: 2030, wallet: { type: 'apple_pay' } };

  expect(toMethod(asStripe({ id: 'pm_1', type: 'card', card }))).toEqual({
    methodId: 'pm_1',
    kind: 'card',
    brand: 'visa',
    last4: '4242',
    expMonth: 8,
    expYear: 2030,
    wallet: 'apple_pay',
  });
});

test('another kind says what it has, and nothing of what it has not', () => {
  const nothing = { brand: null, last4: null, expMonth: null, expYear: null, wallet: null };

  expect(toMethod(asStripe({ id: 'pm_2', type: 'sepa_debit', sepa_debit: { last4: '3000' } }))).toEqual({
    ...nothing,
    methodId: 'pm_2',
    kind: 'sepa_debit',
    last4: '3000',
  });
  expect(toMethod(asStripe({ id: 'pm_3', type: 'link', link: { email: 'ada@example.com' } }))).toEqual({
    ...nothing,
    methodId: 'pm_3',
    kind: 'link',
  });
});
