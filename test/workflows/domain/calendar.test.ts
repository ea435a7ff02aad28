import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INTERVALS, addIntervals, addMonths, intervalsUntil } from '../../../workflows/domain/calendar.ts';
import { DAY_MS, fromMs, toMs } from '../../../workflows/domain/instant.ts';
import { T0 } from '../../builders/purchase.ts';

const anAnchor = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }).map((ms) => fromMs(ms - (ms % 1000)));
const anInterval = fc.constantFrom(...INTERVALS);

describe('monthly steps [R1.1]', () => {
  test('from 31 Jan each one lands on 31 or the last day of its month, never on the day of the one before', () => {
    const steps = [1, 2, 3, 4].map((n) => addIntervals(T0, 'month', n).slice(0, 10));

    expect(steps).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']);
  });

  test('February has 29 days in a leap year', () => {
    expect(addMonths('2028-01-31T09:00:00.000Z', 1)).toBe('2028-02-29T09:00:00.000Z');
  });

  test('the time of day stays, to the millisecond', () => {
    expect(addMonths('2027-01-31T23:59:59.999Z', 13)).toBe('2028-02-29T23:59:59.999Z');
  });
});

test('29 Feb and a year is 28 Feb, and 29 Feb again after four', () => {
  const years = [1, 2, 3, 4].map((n) => addIntervals('2028-02-29T00:00:00.000Z', 'year', n).slice(0, 10));

  expect(years).toEqual(['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
});

test('a week is seven days of 24 hours, over a change of the clocks too', () => {
  expect(addIntervals('2027-03-27T09:00:00.000Z', 'week', 1)).toBe('2027-04-03T09:00:00.000Z');
});

test('the n-th date keeps the anchor’s day wherever the month has it, so it never drifts', () => {
  fc.assert(
    fc.property(anAnchor, fc.integer({ min: 0, max: 240 }), (anchor, n) => {
      const reached = new Date(addIntervals(anchor, 'month', n));
      const lastDay = new Date(Date.UTC(reached.getUTCFullYear(), reached.getUTCMonth() + 1, 0)).getUTCDate();

      expect(reached.getUTCDate()).toBe(Math.min(new Date(anchor).getUTCDate(), lastDay));
      expect(reached.toISOString().slice(10)).toBe(anchor.slice(10));
    }),
  );
});

test('later steps come later', () => {
  fc.assert(
    fc.property(anAnchor, anInterval, fc.integer({ min: 0, max: 120 }), (anchor, interval, n) => {
      expect(addIntervals(anchor, interval, n) < addIntervals(anchor, interval, n + 1)).toBe(true);
    }),
  );
});

test('as many steps as it takes to reach an instant, and not one more', () => {
  fc.assert(
    fc.property(anAnchor, anInterval, fc.integer({ min: -400, max: 4000 }), (anchor, interval, days) => {
      const at = fromMs(toMs(anchor) + days * DAY_MS);
      const n = intervalsUntil(anchor, interval, at);

      expect(addIntervals(anchor, interval, n) >= at).toBe(true);
      if (n > 0) expect(addIntervals(anchor, interval, n - 1) < at).toBe(true);
    }),
  );
});

test('a date of the rhythm is reached by itself, also behind the year 9999', () => {
  expect(intervalsUntil(T0, 'month', '2027-02-28T09:00:00.000Z')).toBe(1);
  expect(intervalsUntil(T0, 'week', '9999-12-31T23:59:59.000Z')).toBe(416_007);
});
