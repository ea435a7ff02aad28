import { describe, expect, test } from '@jest/globals';
import { monthlyRevenue } from '../../../workflows/domain/monthly.ts';
import type { Price } from '../../../workflows/domain/price.ts';
import { aPlan } from '../../builders/plan.ts';
import { aGrant, anEnd, aOneTime, aPause, aPurchase, MONTHLY } from '../../builders/purchase.ts';

const of = (price: Partial<Price>) => aPurchase({ terms: { price: { ...MONTHLY, ...price } as Price } });
const HALF_OFF = {
  discountId: 'di_1',
  code: 'HALF',
  promotionCodeId: null,
  endsAt: null,
  duration: 'forever' as const,
};

describe('what a purchase brings a month', () => {
  test.each([
    ['a month', of({ amountMinor: 2900 }), 2900],
    ['a year', of({ interval: 'year', amountMinor: 142_800 }), 11_900],
    ['a week', of({ interval: 'week', amountMinor: 700 }), 3042],
    [
      'a month at half of 49',
      aPurchase({ billing: { discounts: [{ ...HALF_OFF, percentOff: 50, amountOffMinor: null, currency: null }] } }),
      2450,
    ],
  ])('%s', (_name, state, amountMinor) => {
    expect(monthlyRevenue(state)).toEqual({ amountMinor, currency: MONTHLY.currency });
  });

  test.each([
    ['instalments', aPlan()],
    ['a grant', aGrant()],
    ['what is paid once', aOneTime()],
    ['a pause', aPurchase({ billing: { pause: aPause() } })],
    ['what has ended', aPurchase({ billing: { ended: anEnd() } })],
    ['a trial', aPurchase({ billing: { phase: 'trialing' } })],
  ])('nothing for %s', (_name, state) => {
    expect(monthlyRevenue(state)).toBeNull();
  });
});
