import { expect, test } from '@jest/globals';
import { isUpgrade, selfChangeTo } from '../../../workflows/domain/self-change.ts';
import { GOLD, MONTHLY } from '../../builders/purchase.ts';

const price = (amountMinor: number, interval: 'week' | 'month' | 'year') => ({ ...MONTHLY, amountMinor, interval });
const offer = (amountMinor: number, wish: object = {}) => ({
  ...GOLD,
  offerId: `offer_${amountMinor}`,
  group: 'plans',
  price: price(amountMinor, 'month'),
  ...wish,
});

test('an upgrade costs more by the month, whatever the interval', () => {
  expect(isUpgrade(price(1_000, 'month'), price(1_001, 'month'))).toBe(true);
  expect(isUpgrade(price(1_000, 'month'), price(1_000, 'month'))).toBe(false);
  expect(isUpgrade(price(1_000, 'month'), price(12_000, 'year'))).toBe(false);
  expect(isUpgrade(price(1_000, 'month'), price(12_001, 'year'))).toBe(true);
  expect(isUpgrade(price(12_000, 'year'), price(1_000, 'month'))).toBe(false);
  expect(isUpgrade(price(1_000, 'month'), price(231, 'week'))).toBe(true);
  expect(isUpgrade(price(1_000, 'month'), price(230, 'week'))).toBe(false);
});

test('a setup fee and a trial make nothing an upgrade, since a change brings neither', () => {
  const dear = { ...price(900, 'month'), setupFeeMinor: 10_000, trialDays: 0 };

  expect(isUpgrade(price(1_000, 'month'), dear)).toBe(false);
});

test('an upgrade is made at once and anything else with the end of the period, as far as the site lets them', () => {
  const [small, middle, large] = [offer(900), offer(2_900), offer(9_900)];

  expect(['off', 'upgrades', 'all'].map((allowed) => selfChangeTo(middle, large, allowed as never))).toEqual([
    null,
    'now',
    'now',
  ]);
  expect(['off', 'upgrades', 'all'].map((allowed) => selfChangeTo(middle, small, allowed as never))).toEqual([
    null,
    null,
    'period_end',
  ]);
});

test('only within its group, its currency and what is charged until it is ended', () => {
  const middle = offer(2_900);

  expect(selfChangeTo(middle, offer(9_900, { group: 'others' }), 'all')).toBeNull();
  expect(selfChangeTo(offer(2_900, { group: null }), offer(9_900, { group: null }), 'all')).toBeNull();
  expect(selfChangeTo(middle, middle, 'all')).toBeNull();
  expect(selfChangeTo(middle, offer(9_900, { price: { ...MONTHLY, currency: 'eur' } }), 'all')).toBeNull();
  expect(selfChangeTo(middle, offer(1, { price: { kind: 'free' } }), 'all')).toBeNull();
});
