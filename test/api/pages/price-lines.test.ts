import { expect, test } from '@jest/globals';
import { paidWhen } from '../../../api/pages/customer/purchase/price-lines.tsx';

const monthly = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' } as const;

test.each([
  [0, 0, ['Today you pay $29.00.', 'It renews every month until it is canceled.']],
  [
    0,
    1000,
    ['Today you pay $39.00, including a one-time fee of $10.00.', 'It renews every month until it is canceled.'],
  ],
  [14, 0, ['Today you pay nothing, but a card is needed.', 'The first 14 days are free; then it is $29.00 a month.']],
  [1, 1000, ['Today you pay a one-time fee of $10.00.', 'The first 1 day is free; then it is $29.00 a month.']],
])(
  '%i days of trial and a fee of %i cents: it is said what is paid today and what later [R4.2]',
  (trialDays, fee, lines) => {
    expect(paidWhen({ ...monthly, trialDays, setupFeeMinor: fee })).toEqual(lines);
  },
);
