import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chargesUntil, nextCharge } from '../../../workflows/domain/charges.ts';
import { addIntervals, INTERVALS } from '../../../workflows/domain/calendar.ts';
import { lessened, type Discount, type HeldDiscount } from '../../../workflows/domain/discount.ts';
import { chargedAtOnce } from '../../../workflows/domain/price.ts';
import { aPurchase, FEB_28, MAR_31, MONTHLY, T0 } from '../../builders/purchase.ts';

const off = (given: Partial<Discount>): Discount => ({
  percentOff: null,
  amountOffMinor: null,
  currency: null,
  duration: 'forever',
  ...given,
});

const held = (given: Partial<HeldDiscount> = {}): HeldDiscount => ({
  ...off({ percentOff: 50 }),
  discountId: 'di_1',
  code: 'SPRING',
  promotionCodeId: 'code-1',
  endsAt: null,
  ...given,
});

test.each([
  [999, 'usd', off({ percentOff: 50 }), 499],
  [3000, 'usd', off({ percentOff: 33.33 }), 2000],
  [1000, 'usd', off({ percentOff: 0.05 }), 999],
  [4900, 'usd', off({ percentOff: 100 }), 0],
  [4900, 'usd', off({ amountOffMinor: 500, currency: 'usd' }), 4400],
  [4900, 'usd', off({ amountOffMinor: 9900, currency: 'usd' }), 0],
  [4900, 'usd', off({ amountOffMinor: 500, currency: 'eur' }), 4900],
  [3333, 'jpy', off({ percentOff: 10 }), 3000],
  [1230, 'kwd', off({ percentOff: 33 }), 820],
  [50_000, 'isk', off({ percentOff: 0.3 }), 49_800],
])('%d of %s less %j is %d', (amountMinor, currency, discount, left) => {
  expect(lessened({ amountMinor, currency }, [discount])).toBe(left);
});

test('several come one after the other', () => {
  const ten = off({ amountOffMinor: 1000, currency: 'usd' });

  expect(lessened({ amountMinor: 4000, currency: 'usd' }, [off({ percentOff: 50 }), ten])).toBe(1000);
  expect(lessened({ amountMinor: 4000, currency: 'usd' }, [ten, off({ percentOff: 50 })])).toBe(1500);
});

test('no amount overflows, and none falls below zero or rises', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999_999 }),
      fc.integer({ min: 1, max: 10_000 }),
      (amountMinor, hundredths) => {
        const left = lessened({ amountMinor, currency: 'usd' }, [off({ percentOff: hundredths / 100 })]);
        expect(Number.isSafeInteger(left) && left >= 0 && left <= amountMinor).toBe(true);
        // Half up: what is taken off is never further than half a unit from its share.
        expect(Math.abs((amountMinor - left) * 10_000 - amountMinor * hundredths)).toBeLessThanOrEqual(5_000);
      },
    ),
  );
});

test('the next charge is lessened for as long as the discount holds, and its end is outside', () => {
  const next = (given: Partial<HeldDiscount>) =>
    nextCharge(aPurchase({ billing: { discounts: [held(given)] } }))?.amountMinor;

  expect(next({})).toBe(2450);
  expect(next({ duration: 'once' })).toBe(2450);
  expect(next({ duration: { months: 1 }, endsAt: FEB_28 })).toBe(4900);
  expect(next({ duration: { months: 2 }, endsAt: MAR_31 })).toBe(2450);
});

test('what is overdue was lessened when it was invoiced', () => {
  const overdue = [
    {
      since: FEB_28,
      invoiceId: 'in_2',
      amountMinor: 2450,
      currency: 'usd',
      attempts: 1,
      nextTryAt: MAR_31,
      declineCode: null,
      needsConfirmation: false,
      hasFailed: true,
      suspendsAccess: false,
    },
  ];

  expect(nextCharge(aPurchase({ billing: { overdue, discounts: [held()] } }))?.amountMinor).toBe(2450);
});

test('a code lessens what is charged at once, with its fee', () => {
  const price = { ...MONTHLY, setupFeeMinor: 1000 };

  expect(chargedAtOnce(price, [off({ percentOff: 50 })])).toEqual({ amountMinor: 1950, currency: 'usd' });
  expect(chargedAtOnce(price, [off({ percentOff: 100 })])).toBeNull();
  expect(chargedAtOnce({ ...price, trialDays: 14 }, [off({ amountOffMinor: 400, currency: 'usd' })])).toEqual({
    amountMinor: 600,
    currency: 'usd',
  });
});

/** 0 = once, 61 = forever, else so many months. */
const aDuration = fc.integer({ min: 0, max: 61 });

test('what a cancellation far ahead still charges is each charge by itself, over all durations and intervals', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...INTERVALS),
      aDuration,
      fc.integer({ min: 1, max: 90 }),
      (interval, months, cycles) => {
        const endsAt = months > 0 && months < 61 ? addIntervals(T0, 'month', months) : null;
        const duration = months === 0 ? 'once' : endsAt === null ? 'forever' : { months };
        const purchase = aPurchase({
          terms: { price: { ...MONTHLY, interval } },
          billing: { periodEnd: addIntervals(T0, interval, 1), discounts: [held({ duration, endsAt })] },
          payments: [],
        });

        const charges = chargesUntil(purchase, addIntervals(T0, interval, cycles + 1));
        const shown = charges.reduce(
          (sum, charge) => sum + ('amountMinor' in charge ? (charge.amountMinor ?? 0) : 0),
          0,
        );

        const due = Array.from({ length: cycles }, (_, index) => addIntervals(T0, interval, index + 1));
        const isHalf = (at: string, index: number) =>
          duration === 'once' ? index === 0 : endsAt === null || at < endsAt;
        expect(shown).toBe(due.reduce((sum, at, index) => sum + (isHalf(at, index) ? 1450 : 2900), 0));
        expect(nextCharge(purchase)?.amountMinor).toBe(isHalf(due[0] ?? '', 0) ? 1450 : 2900);
      },
    ),
  );
});
