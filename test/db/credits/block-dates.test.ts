import { expect, test } from '@jest/globals';
import { datesOf } from '../../../db/credits/block-dates.ts';
import type { Weekday } from '../../../db/credits/working-hours.ts';

const within = (from: string, to: string) => ({ startMs: Date.parse(from), endMs: Date.parse(to) });
const hours = (weekday: Weekday, from: string, to: string, week: ReturnType<typeof within>) =>
  datesOf({ weekday, from, to, timeZone: 'America/Los_Angeles' }, week).map(({ date, startMs, endMs }) =>
    [date, new Date(startMs).toISOString().slice(11, 16), new Date(endMs).toISOString().slice(11, 16)].join(' '),
  );

/** Clocks go forward on March 14, 2027, and back on November 7. */
const SPRING = within('2027-03-08T00:00:00Z', '2027-03-22T00:00:00Z');
const AUTUMN = within('2027-11-01T00:00:00Z', '2027-11-15T00:00:00Z');

test('office hours stay where the clock of Los Angeles has them, over both changes of the clocks [R19.6]', () => {
  expect(hours('wednesday', '08:00', '12:00', SPRING)).toEqual(['2027-03-10 16:00 20:00', '2027-03-17 15:00 19:00']);
  expect(hours('wednesday', '13:00', '17:00', SPRING)).toEqual(['2027-03-10 21:00 01:00', '2027-03-17 20:00 00:00']);
  expect(hours('wednesday', '08:00', '12:00', AUTUMN)).toEqual(['2027-11-03 15:00 19:00', '2027-11-10 16:00 20:00']);
  expect(hours('wednesday', '13:00', '17:00', AUTUMN)).toEqual(['2027-11-03 20:00 00:00', '2027-11-10 21:00 01:00']);
});

test('and on the very Sundays of the changes', () => {
  expect(hours('sunday', '08:00', '12:00', SPRING)).toEqual(['2027-03-14 15:00 19:00', '2027-03-21 15:00 19:00']);
  expect(hours('sunday', '13:00', '17:00', AUTUMN)).toEqual(['2027-11-07 21:00 01:00', '2027-11-14 21:00 01:00']);
});
