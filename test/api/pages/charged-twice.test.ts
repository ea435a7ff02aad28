import { expect, test } from '@jest/globals';
import { chargedTwice, type Payment } from '../../../api/pages/admin/money/charged-twice.ts';
import { T0 } from '../../builders/purchase.ts';

let made = 0;

const aPayment = (given: Partial<Payment> = {}): Payment => ({
  id: `in_${(made += 1)}`,
  purchaseId: 'purchase-1',
  contactId: 'contact-1',
  contact: { id: 'contact-1', email: 'ada@example.com', name: 'Ada' },
  offer: { id: 'offer-1', name: 'Studio' },
  state: 'succeeded',
  amountMinor: 2900,
  currency: 'usd',
  refundedMinor: 0,
  at: given.paidAt ?? T0,
  paidAt: T0,
  failedAt: null,
  attempts: null,
  nextTryAt: null,
  declineCode: null,
  declineReason: null,
  canceledAt: null,
  periodStart: null,
  periodEnd: null,
  disputedAt: null,
  card: null,
  refunds: [],
  disputes: [],
  ...given,
});

const JUST_BEFORE_A_DAY = '2027-02-01T08:59:59.999Z';
const A_DAY_LATER = '2027-02-01T09:00:00.000Z';

test('two charges of one amount less than 24 hours apart are found, each after another, the newest first', () => {
  const first = aPayment();
  const second = aPayment({ paidAt: '2027-01-31T09:05:00.000Z' });
  const third = aPayment({ paidAt: JUST_BEFORE_A_DAY });

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
  expect(chargedTwice([aPayment(given), aPayment()])).toEqual([]);
});

test('one that was refunded was charged all the same', () => {
  expect(chargedTwice([aPayment(), aPayment({ state: 'refunded', refundedMinor: 2900 })])).toHaveLength(1);
});
