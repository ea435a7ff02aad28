import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, earliest, isWholeSecond, latest, parseInstant } from '../../../workflows/domain/instant.ts';
import { T0 } from '../../builders/purchase.ts';

describe('an instant is read to UTC with milliseconds', () => {
  test.each([
    ['2027-01-31T09:00:00Z', '2027-01-31T09:00:00.000Z'],
    ['2027-01-31T09:00Z', '2027-01-31T09:00:00.000Z'],
    ['2027-01-31T09:00:00.5Z', '2027-01-31T09:00:00.500Z'],
    ['2027-01-31T09:00:00.123456789Z', '2027-01-31T09:00:00.123Z'],
    ['2027-01-31T10:00:00+01:00', '2027-01-31T09:00:00.000Z'],
    ['2027-01-01T00:30:00+14:00', '2026-12-31T10:30:00.000Z'],
    ['2027-12-31T23:30:00-01:00', '2028-01-01T00:30:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });
});

describe('what is no instant is not read', () => {
  test.each([
    ['a bare date', '2027-01-31'],
    ['a time without a zone', '2027-01-31T09:00:00'],
    ['30 February', '2027-02-30T09:00:00Z'],
    ['29 February of a common year', '2027-02-29T09:00:00Z'],
    ['31 April', '2027-04-31T09:00:00Z'],
    ['the 13th month', '2027-13-01T09:00:00Z'],
    ['day 0', '2027-01-00T09:00:00Z'],
    ['24:00', '2027-01-31T24:00:00Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['an offset beyond a day', '2027-01-31T09:00:00+25:00'],
    ['a space for the T', '2027-01-31 09:00:00Z'],
    ['a lower-case z', '2027-01-31T09:00:00z'],
    ['a year before 1970', '1969-12-31T23:59:59Z'],
    ['a year that ends beyond 9999 in UTC', '9999-12-31T23:59:59-01:00'],
    ['five digits of a year', '12027-01-31T09:00:00Z'],
    ['seconds since 1970', '1801386000'],
    ['nothing', ''],
  ])('%s', (_what, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test('any text at all is read or not, without an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof parseInstant(text) === 'string' || parseInstant(text) === null).toBe(true);
      }),
    );
  });
});

test('a day has 24 hours, whatever the clocks on the wall do', () => {
  expect(addDays('2027-03-27T12:00:00.000Z', 30)).toBe('2027-04-26T12:00:00.000Z');
});

test('whole seconds only are instants that Stripe can keep', () => {
  expect([T0, '2027-01-31T09:00:00.001Z'].map(isWholeSecond)).toEqual([true, false]);
});

test('the earliest of some, and the later of two', () => {
  expect(earliest(null, addDays(T0, 1), undefined, T0)).toBe(T0);
  expect(earliest(null, undefined)).toBeNull();
  expect(latest(T0, addDays(T0, 1))).toBe(addDays(T0, 1));
});
