import type { z } from 'zod';
import { WEEKDAYS, type Weekday } from '../../../../db/credits/working-hours.ts';
import type { expertSchema } from '../../../credits/expert-schema.ts';

export type Expert = z.output<typeof expertSchema>;
type Hours = NonNullable<Expert['workingHours'][Weekday]>;

export const DAY_NAMES: Record<Weekday, string> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
};

/** `09:00-12:00, 13:00-17:00` */
export const hoursInWords = (hours: Hours = []): string => hours.map(({ from, to }) => `${from}-${to}`).join(', ');

/** The days that have hours, those in a row with the same ones together. */
export function weekInWords({ workingHours }: Pick<Expert, 'workingHours'>): string {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  WEEKDAYS.forEach((day, index) => {
    const hours = hoursInWords(workingHours[day]);
    const before = runs.at(-1);
    if (hours === '') return;
    if (before?.hours === hours && WEEKDAYS[index - 1] === before.last) before.last = day;
    else runs.push({ first: day, last: day, hours });
  });
  const short = (day: Weekday) => DAY_NAMES[day].slice(0, 3);
  const named = runs.map(
    ({ first, last, hours }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} ${hours}`,
  );
  return named.join('; ') || 'none';
}

/** Hours as people type them, `9-12, 13:00 - 17:30`; what is no time stays as it is. */
export const readHours = (text: string): { from: string; to: string }[] =>
  text
    .split(',')
    .filter((part) => part.trim() !== '')
    .slice(0, 20)
    .map((part) => {
      const [from = '', to = ''] = part.split(/[-–]/).map((one) => one.trim());
      return { from: toTime(from), to: toTime(to) };
    });

function toTime(text: string): string {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(text) ?? [];
  return hour === undefined ? text : `${hour.padStart(2, '0')}:${minute}`;
}
