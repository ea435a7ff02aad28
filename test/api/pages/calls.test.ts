import { describe, expect, test } from '@jest/globals';
import { isOn } from '../../../api/pages/admin/calls/day-entries.ts';
import { timeElsewhere } from '../../../api/pages/parts/calls/call-time.tsx';
import { creditRows, nextExpiryOf, type Credits } from '../../../api/pages/parts/calls/credit-rows.ts';
import { creditsInWords } from '../../../api/pages/words/credit-effect.ts';
import { daysOf, startInWords, weekFrom, weeksAround } from '../../../api/pages/parts/calls/slot-week.ts';

const VIENNA = { timeZone: 'Europe/Vienna', now: '2027-03-26T09:00:00.000Z' };
const LOS_ANGELES = { timeZone: 'America/Los_Angeles', now: '2027-10-20T09:00:00.000Z' };

describe('seven days of slots', () => {
  test('begin today at the earliest, and no later than slots go', () => {
    expect(weekFrom(undefined, VIENNA)).toBe('2027-03-26');
    expect(weekFrom('2027-03-01', VIENNA)).toBe('2027-03-26');
    expect(weekFrom('2027-02-30', VIENNA)).toBe('2027-03-26');
    expect(weekFrom('2030-01-01', VIENNA)).toBe('2027-05-25');
    expect(weeksAround('2027-03-26', VIENNA)).toEqual({ before: null, after: '2027-04-02' });
    expect(weeksAround('2027-03-29', VIENNA)).toEqual({ before: '2027-03-26', after: '2027-04-05' });
    expect(weeksAround('2027-05-21', VIENNA).after).toBeNull();
  });

  test('are days of the reader, of 23 hours too, with each instant once', () => {
    const slots = ['2027-03-27T23:30:00.000Z', '2027-03-28T21:30:00.000Z', '2027-03-28T22:30:00.000Z'];
    const given = [...slots, slots[0]!].map((startsAt) => ({ startsAt }));

    const days = daysOf(given, '2027-03-28', VIENNA);

    expect(days.map(({ starts }) => starts.length)).toEqual([2, 1, 0, 0, 0, 0, 0]);
    expect(days[0]!.starts.map((at) => startInWords(at, days[0]!, VIENNA))).toEqual(['00:30', '23:30']);
  });

  test('name the zone’s offset where an hour comes twice', () => {
    const starts = ['2027-11-07T08:30:00.000Z', '2027-11-07T09:30:00.000Z', '2027-11-07T10:30:00.000Z'];
    const day = { date: '2027-11-07', starts };

    expect(starts.map((at) => startInWords(at, day, LOS_ANGELES))).toEqual(['01:30 GMT-7', '01:30 GMT-8', '02:30']);
  });
});

test('another clock is told where it shows something else, with its day where that differs', () => {
  const at = '2027-04-01T06:00:00.000Z';

  expect(timeElsewhere(at, VIENNA, 'Europe/Berlin')).toBeNull();
  expect(timeElsewhere(at, VIENNA, 'Asia/Tokyo')).toBe('15:00 in Tokyo');
  expect(timeElsewhere(at, VIENNA, 'America/Los_Angeles')).toBe('Wednesday, March 31, 23:00 in Los Angeles');
});

test('what lasts over several days is on each of them, and not on the day at whose beginning it ends', () => {
  const away = { startsAt: '2027-03-26T23:00:00.000Z', endsAt: '2027-03-28T22:00:00.000Z' };

  expect(['2027-03-26', '2027-03-27', '2027-03-28', '2027-03-29'].map((date) => isOn(date, away, VIENNA))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

describe('credits on a time line', () => {
  const RULE = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 } as const;
  const issuedAt = '2026-05-31T09:00:00.000Z';
  const expiresAt = '2027-05-31T09:00:00.000Z';
  const entry = (
    kind: Credits['data'][number]['entries'][number]['kind'],
    at: string,
    callId: string | null = null,
  ) => ({
    kind,
    at,
    expiresAt: null,
    callId,
    commandId: null,
  });
  const credit = (id: string, state: Credits['data'][number]['state'], ...entries: ReturnType<typeof entry>[]) => ({
    id,
    issuedAt,
    expiresAt,
    state,
    entries: [entry('issued', issuedAt), ...entries],
  });
  const credits: Credits = {
    perYear: 6,
    remainingThisYear: 3,
    available: 2,
    held: 1,
    nextIssueAt: expiresAt,
    data: [
      {
        ...credit('0', 'spent', entry('spent', '2026-01-01T00:00:00.000Z', 'call-0')),
        issuedAt: '2025-05-31T09:00:00.000Z',
      },
      credit(
        '1',
        'spent',
        entry('redeemed', '2026-06-01T00:00:00.000Z', 'call-1'),
        entry('spent', '2026-06-03T00:00:00.000Z', 'call-1'),
      ),
      credit('2', 'held', entry('redeemed', '2027-03-01T00:00:00.000Z', 'call-2')),
      credit('3', 'available'),
      credit('4', 'available'),
    ],
  };

  test('share a line where they share everything; what ended more than a year ago is counted', () => {
    const { rows, earlier } = creditRows(credits, RULE, VIENNA.now);

    expect(rows.map(({ state, count, callId, endedAt }) => [state, count, callId, endedAt])).toEqual([
      ['to_come', 6, null, null],
      ['spent', 1, 'call-1', '2026-06-03T00:00:00.000Z'],
      ['held', 1, 'call-2', null],
      ['available', 2, null, null],
    ]);
    expect(rows[0]).toMatchObject({ issuedAt: expiresAt, expiresAt: '2028-05-31T09:00:00.000Z' });
    expect(earlier).toBe(1);
    expect(nextExpiryOf(credits)).toBe(expiresAt);
  });

  test('are told with their fate before anybody presses', () => {
    const effect = (...kinds: ['redeemed' | 'returned' | 'spent' | 'expired', string | null][]) => ({
      before: null,
      after: null,
      entries: kinds.map(([kind, until]) => ({ creditId: '2', kind, at: VIENNA.now, expiresAt: until })),
    });
    const told = (...kinds: Parameters<typeof effect>) => creditsInWords(effect(...kinds), credits.data, VIENNA);

    expect(told(['redeemed', null])).toEqual([
      'The credit of May 31, 2026 is used for the call; it is good until May 31.',
    ]);
    expect(told(['returned', expiresAt])).toEqual(['The credit of May 31, 2026 comes back; it is good until May 31.']);
    expect(told(['spent', null])).toEqual(['The credit of May 31, 2026 is spent.']);
    expect(told(['returned', expiresAt], ['expired', null])).toEqual([
      'The credit of May 31, 2026 has expired, and does not come back.',
    ]);
    expect(creditsInWords(null, [], VIENNA)).toEqual([]);
  });
});
