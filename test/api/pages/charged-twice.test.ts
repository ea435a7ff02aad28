import { expect, test } from '@jest/globals';
import { chargedTwice, type Payment } from '../../../api/pages/admin/money/charged-twice.ts';
import { anApiPayment } from '../../builders/api-payment.ts';
import { T0 } from '../../builders/purchase.ts';

const JUST_BEFORE_A_DAY = '2027-02-01T08:59:59.999Z';
const A_DAY_LATER = '2027-02-01T09:00:00.000Z';

test('two charges of one amount less than 24 hours apart are found, each after another, the newest first', () => {
  const first = anApiPayment();
  const second = anApiPayment({ paidAt: '2027-01-31T09:05:00.000Z' });
  const third = anApiPayment({ paidAt: JUST_BEFORE_A_DAY });

  expect(chargedTwice([third, second, first])).toEqual([
    { earlier: second, later: third },
    { earlier: first, later: second },
  ]);
});

test.each<[string, Partial<Payment>]>([
  ['24 hours later', { paidAt: A_DAY_LATER }],
  ['of another amount', { amountMinor: 2901 }],
  ['of another currency', { currency: 'eur' }],
  ['of another person', { contactId: 'contact-2' }],
  ['that failed', { paidAt: null, failedAt: T0, state: 'failed' }],
])('one %s is no second charge', (_what, given) => {
  expect(chargedTwice([anApiPayment(given), anApiPayment()])).toEqual([]);
});

test('one that was refunded was charged all the same', () => {
  expect(chargedTwice([anApiPayment(), anApiPayment({ state: 'refunded', refundedMinor: 2900 })])).toHaveLength(1);
});
