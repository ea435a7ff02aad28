import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isGivenUp } from '../../../workflows/domain/bounces.ts';
import { addDays, fromMs, toMs } from '../../../workflows/domain/instant.ts';
import { T0 } from '../../builders/purchase.ts';

const on = (...days: number[]) => days.map((day) => addDays(T0, day));

test('with a limit of one, the first bounce is enough', () => {
  expect(isGivenUp([], { count: 1, days: 30 })).toBe(false);
  expect(isGivenUp(on(0), { count: 1, days: 1 })).toBe(true);
});

test('several count within the days, of which the last instant is not one', () => {
  const limit = { count: 3, days: 10 };

  expect(isGivenUp(on(0, 4, 10), limit)).toBe(false);
  expect(isGivenUp(on(0, 4, 9), limit)).toBe(true);
  expect(isGivenUp([...on(0, 4), fromMs(toMs(addDays(T0, 10)) - 1)], limit)).toBe(true);
  expect(isGivenUp(on(0, 20, 40, 41, 42), limit)).toBe(true);
});

test('the order in which they are heard of does not matter, and one more never helps', () => {
  const bounces = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 });
  const limit = fc.record({ count: fc.integer({ min: 1, max: 5 }), days: fc.integer({ min: 1, max: 30 }) });
  fc.assert(
    fc.property(bounces, limit, fc.integer({ min: 0, max: 100 }), (days, given, more) => {
      const now = isGivenUp(on(...days), given);

      expect(isGivenUp(on(...days.toReversed()), given)).toBe(now);
      if (now) expect(isGivenUp(on(...days, more), given)).toBe(true);
    }),
  );
});
