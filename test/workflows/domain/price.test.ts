import { expect, test } from '@jest/globals';
import {
  chargedAtOnce,
  currencyOf,
  intervalOf,
  isCharged,
  paidOnce,
  setupFeeMinorOf,
  soldPerPeriod,
  trialDaysOf,
  type Price,
} from '../../../workflows/domain/price.ts';

type Subscription = Extract<Price, { kind: 'subscription' }>;

const monthly = (given: Partial<Subscription> = {}): Price => ({
  kind: 'subscription',
  amountMinor: 2900,
  currency: 'eur',
  interval: 'month',
  trialDays: 0,
  setupFeeMinor: 0,
  ...given,
});

test('a free offer has no currency, no period and no charge', () => {
  const free: Price = { kind: 'free' };

  expect([isCharged(free), currencyOf(free), soldPerPeriod(free), intervalOf(free), chargedAtOnce(free)]).toEqual([
    false,
    null,
    null,
    null,
    null,
  ]);
});

test('what is paid once is charged at once, and nothing recurs', () => {
  const once: Price = { kind: 'one_time', amountMinor: 4900, currency: 'eur' };

  expect(isCharged(once)).toBe(true);
  expect([soldPerPeriod(once), intervalOf(once), trialDaysOf(once), setupFeeMinorOf(once)]).toEqual([null, null, 0, 0]);
  expect([paidOnce(once), chargedAtOnce(once)]).toEqual(Array(2).fill({ amountMinor: 4900, currency: 'eur' }));
  expect([paidOnce(monthly()), currencyOf(once)]).toEqual([null, 'eur']);
});

test('a subscription is charged per period, in its own currency', () => {
  expect(isCharged(monthly())).toBe(true);
  expect(currencyOf(monthly())).toBe('eur');
  expect(soldPerPeriod(monthly({ setupFeeMinor: 900 }))).toEqual({ amountMinor: 2900, currency: 'eur' });
  expect(intervalOf(monthly())).toBe('month');
});

test.each([
  ['the first period', {}, 2900],
  ['the first period with the fee', { setupFeeMinor: 900 }, 3800],
  ['the fee alone, before a trial', { trialDays: 14, setupFeeMinor: 900 }, 900],
] as const)('%s is charged at once', (_name, given, amountMinor) => {
  expect(chargedAtOnce(monthly(given))).toEqual({ amountMinor, currency: 'eur' });
});

test('nothing is charged at once where a trial comes first', () => {
  expect(chargedAtOnce(monthly({ trialDays: 14 }))).toBeNull();
});
