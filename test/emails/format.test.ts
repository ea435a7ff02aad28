import { describe, expect, test } from '@jest/globals';
import { formatCharge, formatInstant, formatMoney, formatPeriod, zoneName } from '../../emails/format.ts';

const US = { timeZone: 'America/Los_Angeles' };

/** Spaces as they read: Intl separates a currency's code by a no-break space. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('money', () => {
  test.each([
    [4900, 'usd', '$49.00'],
    [5, 'USD', '$0.05'],
    [0, 'usd', '$0.00'],
    [-1250, 'usd', '−$12.50'],
    [5000, 'jpy', '¥5,000'],
    [1, 'jpy', '¥1'],
    [1500, 'clp', 'CLP 1,500'],
    [1234, 'kwd', 'KWD 1.234'],
    [7, 'bhd', 'BHD 0.007'],
  ])('%i minor units of %s read %s', (amountMinor, currency, shown) => {
    expect(plain(formatMoney({ amountMinor, currency }))).toBe(shown);
  });

  test.each(['huf', 'idr', 'isk', 'ugx', 'rsd'])(
    '%s is charged in hundredths, whatever Intl shows of it',
    (currency) => {
      expect(plain(formatMoney({ amountMinor: 123_400, currency }))).toMatch(/1,234\.00$/);
    },
  );

  test('large amounts keep every digit', () => {
    const shown = formatMoney({ amountMinor: Number.MAX_SAFE_INTEGER, currency: 'usd' });

    expect(shown).toBe('$90,071,992,547,409.91');
  });

  test('a fraction of a minor unit is an error, never rounded', () => {
    expect(() => formatMoney({ amountMinor: 49.5, currency: 'usd' })).toThrow(RangeError);
  });
});

describe('instants', () => {
  test('are shown in the zone of the site, which is named beside them', () => {
    expect(formatInstant('2026-01-31T17:00:00.000Z', US)).toBe('January 31, 2026 at 9:00 AM');
    expect([zoneName(US), zoneName({ timeZone: 'UTC' })]).toEqual(['Pacific Time', 'UTC']);
    expect(formatInstant('2026-01-31T17:00:00.000Z', { timeZone: 'Asia/Tokyo' })).toMatch(
      /^February 1, 2026 at 2:00 AM/,
    );
  });

  test('follow daylight saving', () => {
    expect(formatInstant('2026-03-08T09:59:00.000Z', US)).toBe('March 8, 2026 at 1:59 AM');
    expect(formatInstant('2026-03-08T10:00:00.000Z', US)).toBe('March 8, 2026 at 3:00 AM');
  });

  test('an unknown zone is an error, never UTC', () => {
    expect(() => formatInstant('2026-01-31T17:00:00.000Z', { timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });

  test('a period names its year once, or both', () => {
    const from = '2026-12-05T17:00:00.000Z';

    expect(formatPeriod({ from, to: '2027-01-05T17:00:00.000Z' }, US)).toBe('December 5, 2026 to January 5, 2027');
    expect(formatPeriod({ from, to: '2026-12-31T17:00:00.000Z' }, US)).toBe('December 5 to December 31, 2026');
  });

  test('a charge has its amount and its day', () => {
    const charge = { amount: { amountMinor: 4900, currency: 'usd' }, at: '2026-02-28T17:00:00.000Z' };

    expect(formatCharge(charge, US)).toBe('$49.00 on February 28, 2026');
  });
});
