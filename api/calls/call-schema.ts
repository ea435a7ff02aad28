import { z } from 'zod';
import { CALL_STATES } from '../../db/entities/call.ts';
import { SEAT_STATES } from '../../db/entities/seat.ts';
import { CANCELED_BY } from '../../workflows/domain/calls/bookings.ts';
import { dayOrInstant } from '../http/day-or-instant.ts';
import { givenId, givenInstant, id, instant, pageQuery } from '../http/fields.ts';
import { previewSchema } from '../inbox/command-schema.ts';
import { asked as askedByCustomer } from '../people/customer-verb-schema.ts';
import { asked as askedOfVerb } from '../verbs/asked-verb.ts';

const at = instant.nullable();

const asked = { ...askedByCustomer, reason: askedOfVerb.reason };

const person = z.strictObject({ id, name: z.string().nullable(), email: z.string().nullable() });
export const callExpert = z.strictObject({ id, name: z.string(), timeZone: z.string() });

export const CREDIT_FATES = ['returned', 'spent', 'expired', 'none'] as const;

const ofCall = {
  id,
  purchaseId: id,
  expert: callExpert,
  state: z.enum(CALL_STATES),
  startsAt: instant,
  endsAt: instant,
  meetingUrl: z.string(),
  credit: z.enum(CREDIT_FATES).nullable().describe('What became of its credit; null: it is held for the call.'),
  movableUntil: at.describe('Until then it can be moved, or canceled without losing its credit; null: it is over.'),
  bookedAt: instant,
  endedAt: at.describe('When it was canceled or marked.'),
};

export const callSchema = z.strictObject({ ...ofCall, contact: person }).meta({ id: 'Call' });
const bookedBy = z
  .string()
  .nullable()
  .describe('Of what a team has: the address of whoever booked it; null: the customer, or somebody who is gone.');

export const myCallSchema = z
  .strictObject({ ...ofCall, bookedBy })
  .meta({ id: 'MyCall', description: 'A call as its booker sees it.' });

const ofSeat = {
  id,
  purchaseId: id,
  blockId: id,
  date: z.string().describe("The day in the block's own zone."),
  seat: z.int(),
  expert: callExpert.describe('The host.'),
  state: z.enum(SEAT_STATES),
  startsAt: instant,
  endsAt: instant,
  meetingUrl: z.string(),
  bookedAt: instant,
  endedAt: at,
};

export const seatSchema = z.strictObject({ ...ofSeat, contact: person }).meta({ id: 'Seat' });
export const mySeatSchema = z
  .strictObject({ ...ofSeat, bookedBy })
  .meta({ id: 'MySeat', description: 'A seat as its booker sees it.' });

/** Of a preview, what its booker may know. */
export const myPreview = z
  .strictObject({
    status: z.literal('preview'),
    planHash: z.string(),
    calls: previewSchema.shape.calls,
    credits: previewSchema.shape.credits,
  })
  .meta({ id: 'MyCallPreview' });

export const bookBody = z.strictObject({
  ...asked,
  purchaseId: givenId,
  expertId: givenId.nullable().default(null).describe('null: anyone who is free then.'),
  startsAt: givenInstant.describe('Where an open slot begins.'),
});

export const moveBody = z.strictObject({
  ...asked,
  startsAt: givenInstant.describe('Where an open slot begins.'),
  expertId: givenId.optional().describe('Another expert; left out, the call stays with the same.'),
});

/** Admins may cancel for the expert: then the credit returns, and is good for 30 days more. */
export const cancelBody = z.strictObject({
  ...asked,
  by: z
    .enum(CANCELED_BY)
    .default('booker')
    .describe('Whose cancellation it is: it decides what becomes of the credit.'),
});
export const myCancelBody = z.strictObject(asked);
export const endBody = z.strictObject(asked);
const blockDate = z.iso
  .date('must be a date, such as 2027-01-31')
  .describe("A day of the block, in the block's own zone.");

export const seatBody = z.strictObject({
  ...asked,
  purchaseId: givenId,
  date: blockDate,
});

const range = {
  from: dayOrInstant.optional().describe('What begins from here on.'),
  to: dayOrInstant.optional().describe('What begins before.'),
};

const order = z.enum(['earliest', 'newest']).default('earliest').describe('Which of them come first.');

const mine = { ...pageQuery, ...range, order, purchaseId: givenId.optional() };
const everybodys = { ...mine, expertId: givenId.optional(), contactId: givenId.optional() };

export const callQuery = z.strictObject({ ...everybodys, state: z.enum(CALL_STATES).optional() });
export const myCallQuery = z.strictObject({ ...mine, state: z.enum(CALL_STATES).optional() });
export const seatQuery = z.strictObject({
  ...everybodys,
  blockId: givenId.optional(),
  date: blockDate.optional(),
  state: z.enum(SEAT_STATES).optional(),
});
export const mySeatQuery = z.strictObject({ ...mine, state: z.enum(SEAT_STATES).optional() });
