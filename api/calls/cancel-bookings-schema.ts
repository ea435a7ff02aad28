import { z } from 'zod';
import { newTimeOff } from '../credits/expert-schema.ts';
import { freeText, id, instant } from '../http/fields.ts';
import { CREDIT_FATES } from './call-schema.ts';

export const cancelBookingsBody = z.strictObject({
  ...newTimeOff.shape,
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
  reason: freeText.optional().describe('Why; kept with each command.'),
});

const booking = { id, purchaseId: id, bookerName: z.string().nullable(), startsAt: instant, endsAt: instant };

export const cancelBookingsPreview = z
  .strictObject({
    status: z.literal('preview'),
    startsAt: instant,
    endsAt: instant,
    calls: z.array(
      z.strictObject({
        ...booking,
        credit: z.enum(CREDIT_FATES),
        creditExpiresAt: instant.nullable().describe('Until when the credit that returns can be used.'),
      }),
    ),
    seats: z.array(z.strictObject(booking)),
  })
  .meta({ id: 'CancelBookingsPreview', description: 'What is canceled, and what becomes of each credit.' });
