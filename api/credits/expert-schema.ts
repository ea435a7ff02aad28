import { z } from 'zod';
import { minutesOf, WEEKDAYS, type Hours } from '../../db/credits/working-hours.ts';
import { email, httpsUrl, id, instant, name, timeZone } from '../http/fields.ts';
import { dayOrInstant } from '../http/day-or-instant.ts';

export const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 09:00')
  .meta({ examples: ['09:00'] });

export const endTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, such as 17:00; 24:00 is its end')
  .meta({ examples: ['17:00'] });

export const AFTER_FROM = 'must be after the beginning';

const hours = z
  .strictObject({ from: time, to: endTime })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), { path: ['to'], message: AFTER_FROM })
  .meta({ id: 'Hours', description: 'By the clock on the wall, without `to` itself.' });

function areApart(parts: readonly Hours[]): boolean {
  return parts.every(({ from }, index) => index === 0 || minutesOf(parts[index - 1]!.to) <= minutesOf(from));
}

const dayHours = z
  .array(hours)
  .max(12)
  .refine(areApart, 'must be in order and not overlap')
  .describe('In order; what lies between two of them is a break.');

const weekdays = Object.fromEntries(WEEKDAYS.map((day) => [day, dayHours.exactOptional()]));

const workingHours = z
  .strictObject(weekdays as Record<(typeof WEEKDAYS)[number], z.ZodExactOptional<typeof dayHours>>)
  .meta({ id: 'WorkingHours', description: "By the expert's own zone; a day that is left out has none." });

const minutes = (most: number) =>
  z.int('must be a whole number').min(0, 'must not be negative').max(most, `must be ${most} or less`);

const fields = {
  name,
  email,
  timeZone,
  meetingUrl: httpsUrl.describe('Where calls are held.'),
  workingHours,
  bufferMinutes: minutes(240).describe('Between a call and whatever else the expert has.'),
  noticeMinutes: minutes(14 * 24 * 60).describe('No slot is offered that begins sooner than this.'),
  maxCallsPerDay: z.int().min(1).max(50).nullable().describe("By the expert's calendar; null: as many as fit."),
  calendarUrl: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .refine((text) => !/\s/.test(text), 'must be an address that begins with https://')
    .overwrite((text) => text.replace(/^webcal:/i, 'https:'))
    .nullable()
    .describe('An ICS address, whose busy times are no slots.'),
};

export const newExpert = z.strictObject({
  ...fields,
  bufferMinutes: fields.bufferMinutes.default(0),
  noticeMinutes: fields.noticeMinutes.default(0),
  maxCallsPerDay: fields.maxCallsPerDay.default(null),
  calendarUrl: fields.calendarUrl.default(null),
});

export const expertChange = z.strictObject(fields).partial();

export const expertSchema = z
  .strictObject({
    id,
    name: z.string(),
    email: z.string(),
    timeZone: z.string(),
    meetingUrl: z.string(),
    workingHours,
    bufferMinutes: z.int(),
    noticeMinutes: z.int(),
    maxCallsPerDay: z.int().nullable(),
    calendarUrl: z.string().nullable(),
    calendar: z
      .strictObject({
        fetchedAt: instant.nullable().describe('When it was last read.'),
        failedAt: instant.nullable().describe('Set while the last try has failed.'),
        failure: z.string().nullable(),
      })
      .nullable()
      .describe('How the last fetch of the outside calendar went, by real time.'),
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Expert' });

/** Archiving cancels nothing; this is what goes on [R4.4]. */
export const expertGoesOn = z.strictObject({
  calls: z.int().describe('Booked calls take place.'),
  officeHours: z.int().describe('Blocks that they host go on.'),
});

export const archivedExpert = z.strictObject({ expert: expertSchema, warning: z.string(), goesOn: expertGoesOn });

export const newTimeOff = z.strictObject({
  from: dayOrInstant.describe("An instant, or a whole day of the expert's calendar."),
  to: dayOrInstant.describe('An instant, which is not part of it, or the last whole day, which is.'),
});

export const timeOffSchema = z.strictObject({ id, startsAt: instant, endsAt: instant }).meta({ id: 'TimeOff' });
