import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundaryAfter, prorate, stepFrom } from '../../../sandbox/stripe/billing/calendar.ts';
import type { Recurring } from '../../../sandbox/stripe/data/docs.ts';
import { at, DAY, T0 } from './sandbox.ts';

const MONTHLY: Recurring = { interval: 'month', interval_count: 1 };

const rhythm = fc.record({
  interval: fc.constantFrom<Recurring['interval']>('day', 'week', 'month', 'year'),
  interval_count: fc.integer({ min: 1, max: 6 }),
});
const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });

describe('a rhythm', () => {
  it('steps by the calendar from its anchor, never from the step before', () => {
    const ends = [1, 2, 3, 13].map((steps) => new Date(stepFrom(T0, MONTHLY, steps) * 1000).toISOString().slice(0, 10));
    expect(ends).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2028-02-29']);
    const leap = stepFrom(at('2028-02-29T00:00:00Z'), { interval: 'year', interval_count: 1 }, 1);
    expect(leap).toBe(at('2029-02-28T00:00:00Z'));
  });

  it('has its next boundary after any instant, with none in between', () => {
    fc.assert(
      fc.property(instant, rhythm, fc.integer({ min: 0, max: 4_000 * DAY }), (anchor, recurring, later) => {
        const boundary = boundaryAfter(anchor, recurring, anchor + later);
        const steps = Array.from({ length: 4_100 }, (_, index) => index).find(
          (n) => stepFrom(anchor, recurring, n) > anchor + later,
        )!;
        expect(boundary).toBe(stepFrom(anchor, recurring, steps));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a proration', () => {
  it('of two parts differs from the whole by rounding only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 31 * DAY }), (amount, cut) => {
        const whole = { start: T0, end: T0 + 31 * DAY };
        const parts =
          prorate(amount, { from: T0, to: T0 + cut }, whole) +
          prorate(amount, { from: T0 + cut, to: whole.end }, whole);
        expect(Math.abs(parts - amount)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
