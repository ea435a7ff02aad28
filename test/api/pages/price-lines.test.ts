import { expect, test } from '@jest/globals';
import type { Discount } from '../../../workflows/domain/discount.ts';
import type { Price } from '../../../workflows/domain/price.ts';
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

const half = { percentOff: 50, amountOffMinor: null, currency: null } as const;
const plan = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 3 } as const;
const once = { kind: 'one_time', amountMinor: 4900, currency: 'usd' } as const;
const sold = { ...monthly, trialDays: 0, setupFeeMinor: 1000 };
const all = { ...half, percentOff: 100, duration: 'once' } as const;

test.each<[string, Price, Discount, string]>([
  ['the first of a plan', plan, { ...half, duration: 'once' }, 'Today you pay the first $24.50.'],
  [
    'a plan in all, once',
    plan,
    { ...half, duration: 'once' },
    '$122.50 in all; nothing is charged after the last payment.',
  ],
  [
    'a plan in all, for two months',
    plan,
    { ...half, duration: { months: 2 } },
    '$98.00 in all; nothing is charged after the last payment.',
  ],
  [
    'a plan in all, for ever',
    plan,
    { ...half, duration: 'forever' },
    '$73.50 in all; nothing is charged after the last payment.',
  ],
  ['what is paid once', once, { ...half, duration: 'once' }, 'You pay $24.50 once, today. Nothing renews.'],
  ['all of what is paid once', once, all, 'You pay nothing, today. Nothing renews.'],
  [
    'a fee too',
    sold,
    { ...half, duration: 'once' },
    'Today you pay $19.50: the first month and a one-time fee of $10.00, less the discount.',
  ],
  ['all of it', sold, all, 'Today you pay nothing, but a card is needed.'],
])('a code lessens %s', (_what, price, discount, line) => {
  expect(paidWhen(price, [discount])).toContain(line);
});
