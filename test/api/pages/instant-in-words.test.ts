import { describe, expect, test } from '@jest/globals';
import { instantInFull, instantInWords, weekdayInWords, zoneInWords } from '../../../api/pages/words/instant.ts';

/** 20:00 in Vienna, and summer. */
const HERE = { timeZone: 'Europe/Vienna', now: '2027-05-20T18:00:00.000Z' };

const near = (at: string) => instantInWords(at, HERE, 'near');

describe('an instant on a page', () => {
  test('names its year only where it is another one, by the calendar of the zone', () => {
    expect([
      instantInWords('2027-05-28T18:00:00.000Z', HERE, 'day'),
      instantInWords('2026-11-20T18:00:00.000Z', HERE, 'day'),
      instantInWords('2026-12-31T23:30:00.000Z', HERE, 'day'),
    ]).toEqual(['May 28', 'Nov 20, 2026', 'Jan 1']);
  });

  test('has its hour where that matters, and never its seconds', () => {
    expect([
      instantInWords('2027-05-28T18:00:59.999Z', HERE, 'hour'),
      instantInWords('2027-05-28T22:05:00.000Z', HERE, 'hour'),
      instantInWords('2026-11-20T18:00:00.000Z', HERE, 'hour'),
    ]).toEqual(['May 28, 20:00', 'May 29, 00:05', 'Nov 20, 2026, 19:00']);
  });

  test('is told by its distance from 6 days back to 13 ahead, today by the hour alone', () => {
    expect([
      near('2027-05-13T18:00:00.000Z'),
      near('2027-05-14T18:00:00.000Z'),
      near('2027-05-19T18:00:00.000Z'),
      near('2027-05-20T20:30:00.000Z'),
      near('2027-05-21T18:00:00.000Z'),
      near('2027-06-02T18:00:00.000Z'),
      near('2027-06-03T18:00:00.000Z'),
      near('2026-11-20T18:00:00.000Z'),
    ]).toEqual(['May 13', '6 days ago', 'yesterday', '22:30', 'tomorrow', 'in 13 days', 'Jun 3', 'Nov 2026']);
  });

  test('counts days of the calendar, not of 24 hours: one after midnight is tomorrow', () => {
    expect([near('2027-05-20T21:59:59.000Z'), near('2027-05-20T22:00:00.000Z')]).toEqual(['23:59', 'tomorrow']);
  });

  test('counts them over the change of the clocks, whose days have 23 and 25 hours', () => {
    const before = { timeZone: 'Europe/Vienna', now: '2027-03-27T22:30:00.000Z' };
    const after = { timeZone: 'Europe/Vienna', now: '2027-10-30T21:30:00.000Z' };

    expect([
      instantInWords('2027-03-28T21:30:00.000Z', before, 'near'),
      instantInWords('2027-10-31T22:30:00.000Z', after, 'near'),
    ]).toEqual(['tomorrow', 'tomorrow']);
  });

  test('has its day over it where several are of one day, by the weekday or how near it is', () => {
    const days = ['2027-05-19', '2027-05-20', '2027-05-21', '2027-05-22', '2028-01-01'];
    expect(days.map((day) => weekdayInWords(day, HERE))).toEqual([
      'Yesterday, May 19',
      'Today, May 20',
      'Tomorrow, May 21',
      'Saturday, May 22',
      'Saturday, Jan 1, 2028',
    ]);
    expect(instantInWords('2027-05-28T18:00:59.999Z', HERE, 'time')).toBe('20:00');
  });

  test('is exact in its title, with its zone', () => {
    expect(instantInFull('2027-05-20T18:00:00.000Z', HERE)).toBe('Thursday, May 20, 2027, 20:00:00 Vienna');
    expect(instantInFull('2027-05-20T18:00:00.000Z', { timeZone: 'America/New_York' })).toBe(
      'Thursday, May 20, 2027, 14:00:00 New York',
    );
  });

  test('is read by the zone that stands at the foot of the page, with its distance of today', () => {
    expect([
      zoneInWords(HERE),
      zoneInWords({ ...HERE, now: '2027-01-20T18:00:00.000Z' }),
      zoneInWords({ ...HERE, timeZone: 'UTC' }),
    ]).toEqual(['Times are Vienna’s, GMT+2.', 'Times are Vienna’s, GMT+1.', 'Times are UTC.']);
  });
});
