import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { missingMoves } from '../../../workflows/domain/missing-moves.ts';
import { monthlyRevenue } from '../../../workflows/domain/monthly.ts';
import { revenueMoves } from '../../../workflows/domain/revenue-move.ts';
import { aGrant, anEnd, aPause, aPurchase, FEB_28, T0 } from '../../builders/purchase.ts';

const usd = (amountMinor: number) => ({ amountMinor, currency: 'usd' });

describe('how revenue moves', () => {
  test('a step that changes nothing is none; one to another currency ends the one before', () => {
    const steps = [
      { at: '2027-02-01', revenue: usd(2_900) },
      { at: '2027-02-02', revenue: usd(2_900) },
      { at: '2027-02-03', revenue: usd(1_000) },
      { at: '2027-02-04', revenue: { amountMinor: 900, currency: 'eur' } },
      { at: '2027-02-05', revenue: null },
    ];

    expect(revenueMoves(null, steps)).toEqual([
      { at: '2027-02-01', currency: 'usd', changeMinor: 2_900, subscriptions: 1 },
      { at: '2027-02-03', currency: 'usd', changeMinor: -1_900, subscriptions: 0 },
      { at: '2027-02-04', currency: 'usd', changeMinor: -1_000, subscriptions: -1 },
      { at: '2027-02-04', currency: 'eur', changeMinor: 900, subscriptions: 1 },
      { at: '2027-02-05', currency: 'eur', changeMinor: -900, subscriptions: -1 },
    ]);
  });

  test('what is paused and resumed between two records leaves both movements', () => {
    const steps = [
      { at: '2027-02-01', revenue: null },
      { at: '2027-02-02', revenue: usd(2_900) },
    ];

    expect(revenueMoves(usd(2_900), steps).map(({ changeMinor }) => changeMinor)).toEqual([-2_900, 2_900]);
  });

  test('in each currency all movements come to what is there at the end', () => {
    const revenue = fc.option(
      fc.record({ amountMinor: fc.integer({ min: 0, max: 10_000 }), currency: fc.constantFrom('usd', 'eur') }),
    );
    fc.assert(
      fc.property(revenue, fc.array(revenue, { minLength: 1 }), (before, after) => {
        const moves = revenueMoves(
          before,
          after.map((to, index) => ({ at: `2027-02-01T00:00:00.${String(index).padStart(3, '0')}Z`, revenue: to })),
        );
        const last = after.at(-1) ?? null;
        for (const currency of ['usd', 'eur']) {
          const of = (money: typeof before, figure: (amountMinor: number) => number) =>
            money?.currency === currency ? figure(money.amountMinor) : 0;
          const sum = (key: 'changeMinor' | 'subscriptions') =>
            moves.filter((move) => move.currency === currency).reduce((all, move) => all + move[key], 0);
          expect(sum('changeMinor') + of(before, (minor) => minor)).toBe(of(last, (minor) => minor));
          expect(sum('subscriptions') + of(before, () => 1)).toBe(of(last, () => 1));
        }
      }),
    );
  });
});

describe('what movements lack', () => {
  const running = aPurchase();
  const revenue = monthlyRevenue(running)!;

  test('of a purchase from before movements were kept, its life as far as its state tells it', () => {
    const ended = aPurchase({ billing: { ended: anEnd({ at: FEB_28 }) } });
    const paused = aPurchase({ billing: { pause: aPause({ since: FEB_28 }) } });
    const begun = { at: T0, currency: revenue.currency, changeMinor: revenue.amountMinor, subscriptions: 1 };
    const over = { at: FEB_28, currency: revenue.currency, changeMinor: -revenue.amountMinor, subscriptions: -1 };

    expect(missingMoves(running, null)).toEqual([begun]);
    expect(missingMoves(ended, null)).toEqual([begun, over]);
    expect(missingMoves(paused, null)).toEqual([begun, over]);
    expect(missingMoves(aGrant(), null)).toEqual([]);
  });

  test('of one whose end alone was kept, its beginning; of one that is whole, nothing', () => {
    const ended = aPurchase({ billing: { ended: anEnd({ at: FEB_28 }) } });

    expect(missingMoves(ended, { [revenue.currency]: -revenue.amountMinor })).toEqual([
      { at: T0, currency: revenue.currency, changeMinor: revenue.amountMinor, subscriptions: 1 },
    ]);
    expect(missingMoves(running, { [revenue.currency]: revenue.amountMinor })).toEqual([]);
  });
});
