import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeUntil } from '../../../workflows/domain/activity.ts';
import { DAY_MS, fromMs } from '../../../workflows/domain/instant.ts';

const NOW_MS = Date.parse('2027-01-31T09:00:00.000Z');
const SPAN_MS = 30 * DAY_MS;

const instants = fc.array(
  fc
    .oneof(
      fc.integer({ min: 0, max: 2 * SPAN_MS }),
      fc.constantFrom(SPAN_MS - 1, SPAN_MS, SPAN_MS + 1), // the bounds
    )
    .map((agoMs) => fromMs(NOW_MS - agoMs)),
  { maxLength: 6 },
);

const newest = (all: string[]): string | null => all.toSorted().at(-1) ?? null;

test('the newest login and the newest of all else say whether both lie in the last 30 days', () => {
  fc.assert(
    fc.property(instants, instants, (logins, others) => {
      const from = fromMs(NOW_MS - SPAN_MS);
      const isWithin = (all: string[]): boolean => all.some((at) => at > from);

      const until = activeUntil({ lastLoginAt: newest(logins), lastOtherAt: newest(others) });

      expect(until !== null && until > fromMs(NOW_MS)).toBe(isWithin(logins) && isWithin(others));
    }),
  );
});
