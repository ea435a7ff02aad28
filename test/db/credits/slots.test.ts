import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isSlotOpen, slotsOf, type Diary } from '../../../db/credits/slots.ts';
import { minutesOf, weekdayOf, WEEKDAYS, type Hours, type WorkingHours } from '../../../db/credits/working-hours.ts';
import { offsetsOf, type Range } from '../../../db/credits/zone-offsets.ts';
import { DAY_MS } from '../../../workflows/domain/instant.ts';

const MINUTE_MS = 60_000;
const CALL_MS = 45 * MINUTE_MS;
const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];
const WEEK: WorkingHours = {
  monday: NINE_TO_FIVE,
  tuesday: NINE_TO_FIVE,
  wednesday: NINE_TO_FIVE,
  thursday: NINE_TO_FIVE,
  friday: NINE_TO_FIVE,
};
const EVERY_DAY = (hours: Hours[]): WorkingHours => Object.fromEntries(WEEKDAYS.map((day) => [day, hours]));

const ms = (at: string): number => Date.parse(at);
const range = (from: string, to: string): Range => ({ startMs: ms(from), endMs: ms(to) });
const day = (date: string, timeZone: string): Range => {
  const start = Temporal.PlainDate.from(date);
  const at = (of: Temporal.PlainDate) => of.toZonedDateTime(timeZone).epochMilliseconds;
  return { startMs: at(start), endMs: at(start.add({ days: 1 })) };
};

type Given = Partial<Omit<Diary, 'offsets'>> & { timeZone?: string };

const aDiary = ({ timeZone = 'Europe/Vienna', ...given }: Given, within: Range): Diary => ({
  workingHours: WEEK,
  bufferMs: 0,
  maxCallsPerDay: null,
  off: [],
  taken: [],
  calls: [],
  ...given,
  offsets: offsetsOf(timeZone, within),
});

/** The slots of a day as the clock on the expert's wall shows them. */
function wallsOf(date: string, { timeZone = 'Europe/Vienna', ...given }: Given): string[] {
  const within = day(date, timeZone);
  return slotsOf(aDiary({ timeZone, ...given }, within), { ...within, callMs: CALL_MS }).map(({ startMs }) =>
    wall(startMs, timeZone).toPlainTime().toString({ smallestUnit: 'minute' }),
  );
}

const wall = (at: number, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

describe('slots of a day', () => {
  test('follow each other from the beginning of the hours, and end within them', () => {
    expect(wallsOf('2027-05-26', {})).toEqual([
      '09:00',
      '09:45',
      '10:30',
      '11:15',
      '12:00',
      '12:45',
      '13:30',
      '14:15',
      '15:00',
      '15:45',
    ]);
    expect(wallsOf('2027-05-29', {})).toEqual([]);
  });

  test('begin anew after a break', () => {
    const hours = [
      { from: '09:00', to: '11:00' },
      { from: '13:30', to: '15:00' },
    ];

    expect(wallsOf('2027-05-26', { workingHours: { wednesday: hours } })).toEqual(['09:00', '09:45', '13:30', '14:15']);
  });

  test('reach to the end of the day', () => {
    const hours = { wednesday: [{ from: '22:30', to: '24:00' }], thursday: [{ from: '00:00', to: '01:00' }] };

    expect(wallsOf('2027-05-26', { workingHours: hours })).toEqual(['22:30', '23:15']);
    expect(wallsOf('2027-05-27', { workingHours: hours })).toEqual(['00:00']);
  });

  test('leave the buffer between them, and around what is taken', () => {
    const given = { bufferMs: 15 * MINUTE_MS, workingHours: { wednesday: [{ from: '09:00', to: '13:00' }] } };
    const taken = [range('2027-05-26T10:00:00+02:00', '2027-05-26T11:00:00+02:00')];

    expect(wallsOf('2027-05-26', given)).toEqual(['09:00', '10:00', '11:00', '12:00']);
    expect(wallsOf('2027-05-26', { ...given, taken })).toEqual(['09:00', '11:00', '12:00']);
    const until = [range('2027-05-26T09:50:00+02:00', '2027-05-26T11:00:00+02:00')];
    expect(wallsOf('2027-05-26', { ...given, taken: until })).toEqual(['11:00', '12:00']);
  });

  test('are none in time off, but right before and after it', () => {
    const off = [range('2027-05-26T09:45:00+02:00', '2027-05-26T15:00:00+02:00')];

    expect(wallsOf('2027-05-26', { off, bufferMs: 0 })).toEqual(['09:00', '15:00', '15:45']);
  });

  test('are over when as many calls are booked as the expert takes, by the expert’s own day', () => {
    const workingHours = EVERY_DAY([{ from: '23:00', to: '24:00' }]);
    // In Vienna, 22:00 on May 26 and 00:30 on May 27; in UTC both are on May 26.
    const calls = [
      range('2027-05-26T20:00:00Z', '2027-05-26T20:45:00Z'),
      range('2027-05-26T22:30:00Z', '2027-05-26T23:15:00Z'),
    ];

    expect(wallsOf('2027-05-26', { workingHours, calls, maxCallsPerDay: 2 })).toEqual(['23:00']);
    expect(wallsOf('2027-05-26', { workingHours, calls, maxCallsPerDay: 1 })).toEqual([]);
    expect(wallsOf('2027-05-27', { workingHours, calls, maxCallsPerDay: 1 })).toEqual([]);
    expect(wallsOf('2027-05-28', { workingHours, calls, maxCallsPerDay: 1 })).toEqual(['23:00']);
  });
});

describe('when clocks change', () => {
  const hours = (from: string, to: string) => ({ workingHours: EVERY_DAY([{ from, to }]) });
  const york = { timeZone: 'America/New_York' };

  test('working hours keep to the wall: 9:00 is another instant the day after', () => {
    const within = range('2027-03-26T00:00:00Z', '2027-03-30T00:00:00Z');
    const slots = slotsOf(aDiary({}, within), { ...within, callMs: CALL_MS });

    expect(new Date(slots[0]!.startMs).toISOString()).toBe('2027-03-26T08:00:00.000Z');
    expect(new Date(slots[10]!.startMs).toISOString()).toBe('2027-03-29T07:00:00.000Z');
  });

  test('a day without 02:30 has no slot at it, and one that begins there begins at 03:00', () => {
    expect(wallsOf('2027-03-14', { ...york, ...hours('00:30', '04:15') })).toEqual(['00:30', '01:15', '03:00']);
    expect(wallsOf('2027-03-14', { ...york, ...hours('02:30', '04:30') })).toEqual(['03:00', '03:45']);
    expect(wallsOf('2027-03-14', { ...york, ...hours('02:00', '03:00') })).toEqual([]);
  });

  test('a day with two of 01:30 has hours that are longer, or lie in one of the two', () => {
    expect(wallsOf('2027-11-07', { ...york, ...hours('00:00', '02:00') })).toEqual([
      '00:00',
      '00:45',
      '01:30',
      '01:15',
    ]);
    expect(wallsOf('2027-11-07', { ...york, ...hours('01:00', '02:00') })).toEqual(['01:00', '01:45']);
    expect(wallsOf('2027-11-07', { ...york, ...hours('01:15', '02:00') })).toEqual(['01:15']);
    expect(wallsOf('2027-11-07', { ...york, ...hours('01:00', '01:45') })).toEqual(['01:00']);
  });
});

const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Cairo',
  'America/Havana',
  'America/Santiago',
];

const toTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Hours of a day in order, apart from each other. */
const dayHours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.sort((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((from, index) =>
      index % 2 === 0 && edges[index + 1] !== undefined
        ? [{ from: toTime(from * 15), to: toTime(edges[index + 1]! * 15) }]
        : [],
    ),
  );

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 10 * 24 * 4 }), fc.integer({ min: 1, max: 40 }))
    .map(([from, length]) => ({ from: from * 15 * MINUTE_MS, length: length * 15 * MINUTE_MS })),
  { maxLength: 8 },
);

/** Ten days, around changes of the clocks in most of the zones. */
const STARTS = ['2027-03-10', '2027-03-25', '2027-04-01', '2027-09-22', '2027-10-27', '2027-11-04'].map((date) =>
  ms(`${date}T00:00:00Z`),
);

const cases = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  workingHours: fc.record(Object.fromEntries(WEEKDAYS.map((name) => [name, dayHours]))),
  bufferMs: fc.constantFrom(0, 10, 25).map((minutes) => minutes * MINUTE_MS),
  callMs: fc.constantFrom(15, 45, 60, 70).map((minutes) => minutes * MINUTE_MS),
  startMs: fc.constantFrom(...STARTS),
  taken: ranges,
  off: ranges,
});

describe('in any zone, with any hours, over any change of clocks', () => {
  const at = (startMs: number, given: { from: number; length: number }[]): Range[] =>
    given.map(({ from, length }) => ({ startMs: startMs + from, endMs: startMs + from + length }));

  const given = ({
    startMs,
    taken,
    off,
    callMs,
    ...of
  }: typeof cases extends fc.Arbitrary<infer Case> ? Case : never) => {
    const within = { startMs, endMs: startMs + 10 * DAY_MS };
    const diary = aDiary({ ...of, taken: at(startMs, taken), off: at(startMs, off) }, within);
    return { diary, callMs, slots: slotsOf(diary, { ...within, callMs }) };
  };

  test('no two slots overlap, and each is clear of what is taken and of time off', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { diary, slots } = given(one);
        slots.forEach(({ startMs, endMs }, index) => {
          const before = slots[index - 1];
          if (before) expect(before.endMs).toBeLessThanOrEqual(startMs);
          for (const off of diary.off) expect(off.startMs >= endMs || off.endMs <= startMs).toBe(true);
          for (const taken of diary.taken)
            expect(taken.startMs >= endMs + diary.bufferMs || taken.endMs <= startMs).toBe(true);
        });
      }),
    );
  });

  test('the wall shows working hours in every minute of a slot', () => {
    fc.assert(
      fc.property(cases, (one) => {
        for (const { startMs, endMs } of given(one).slots)
          for (let minute = startMs; minute < endMs; minute += 5 * MINUTE_MS) {
            const shown = wall(minute, one.timeZone);
            const hours = one.workingHours[WEEKDAYS[shown.dayOfWeek - 1]!]!;
            const minutes = shown.hour * 60 + shown.minute;
            expect(hours.some(({ from, to }) => minutesOf(from) <= minutes && minutes < minutesOf(to))).toBe(true);
          }
      }),
      { numRuns: 60 },
    );
  });

  test('a slot is open by itself exactly where the list has it', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 200 }), (one, pick) => {
        const { diary, slots, callMs } = given(one);
        const slot = slots[pick % Math.max(1, slots.length)];
        if (!slot) return;
        expect(isSlotOpen(diary, slot.startMs, callMs)).toBe(true);
        expect(isSlotOpen(diary, slot.startMs + MINUTE_MS, callMs)).toBe(
          slots.some(({ startMs }) => startMs === slot.startMs + MINUTE_MS),
        );
      }),
    );
  });

  test('a plain week has every slot of its hours', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 700 }), (timeZone, index) => {
        const date = Temporal.PlainDate.from('2026-01-01').add({ days: index }).toString();
        const isWorkday = WEEK[weekdayOf(Date.parse(`${date}T00:00:00Z`) / DAY_MS)] !== undefined;

        expect(wallsOf(date, { timeZone })).toHaveLength(isWorkday ? 10 : 0);
      }),
    );
  });
});
