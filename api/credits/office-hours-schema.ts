import { z } from 'zod';
import { WEEKDAYS } from '../../db/credits/working-hours.ts';
import { givenId, httpsUrl, id, instant, timeZone } from '../http/fields.ts';
import { endTime, time } from './expert-schema.ts';

const fields = {
  weekday: z.enum(WEEKDAYS),
  from: time,
  to: endTime,
  timeZone: timeZone.describe('Whose clock and calendar the block follows, over daylight saving as well.'),
  expertId: givenId.describe('Who hosts it, and has no call slots then.'),
  seats: z.int('must be a whole number').min(1, 'must be 1 or more').max(1000, 'must be 1000 or less'),
  meetingUrl: httpsUrl.nullable().describe("null: the host's."),
};

export const newOfficeHours = z.strictObject({
  ...fields,
  timeZone: fields.timeZone.default('America/Los_Angeles'),
  seats: fields.seats.default(10),
  meetingUrl: fields.meetingUrl.default(null),
});

export const officeHoursChange = z.strictObject(fields).partial();

const officeDate = { date: z.string().meta({ format: 'date' }), startsAt: instant, endsAt: instant };

export const officeHoursSchema = z
  .strictObject({
    id,
    weekday: z.enum(WEEKDAYS),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    expertId: id,
    expertName: z.string(),
    seats: z.int(),
    meetingUrl: z.string().describe('Its own, or else that of its host.'),
    hasOwnMeetingUrl: z.boolean(),
    dates: z
      .array(z.strictObject({ ...officeDate, free: z.int().describe('Seats that nobody has.') }))
      .describe(
        'Those that come in the next 60 days, the one that runs among them, but none while the host has time off; `date` is by its own zone.',
      ),
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'OfficeHours' });

const oneDate = {
  ...officeDate,
  blockId: id,
  timeZone: z.string().describe("The block's own, by which `date` names the day."),
  expert: z.strictObject({ id, name: z.string(), timeZone: z.string() }).describe('The host.'),
  seats: z.int(),
};

export const officeDateSchema = z
  .strictObject({ ...oneDate, booked: z.int().describe('Seats that somebody has.') })
  .meta({ id: 'OfficeHoursDate' });

export const myOfficeDateSchema = z
  .strictObject({
    ...oneDate,
    free: z.int().describe('Seats that nobody has.'),
    seatId: id.nullable().describe('Their own seat; null: they have none.'),
  })
  .meta({ id: 'MyOfficeHoursDate', description: "One day's office hours as a customer sees them." });
