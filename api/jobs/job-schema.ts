import { z } from 'zod';
import { JOB_KINDS } from '../../db/entities/job.ts';
import { id, instant } from '../http/fields.ts';
import { actorSchema, commandName } from '../purchase/purchase-schema.ts';

const job = {
  id,
  kind: z.enum(JOB_KINDS),
  state: z.enum(['running', 'done']),
  input: z
    .strictObject({ expertId: id, startsAt: instant, endsAt: instant })
    .nullable()
    .describe('Whose bookings are canceled, and in which time; null for other kinds.'),
  total: z.int(),
  done: z.int().describe('Those that have ended, however they did.'),
  applied: z.int(),
  refused: z.int(),
  failed: z.int(),
  by: actorSchema,
  reason: z.string().nullable(),
  createdAt: instant,
};

export const jobSchema = z.strictObject(job).meta({ id: 'Job', description: 'What was asked for many at once.' });

export const fullJobSchema = z
  .strictObject({
    ...job,
    results: z
      .array(
        z.strictObject({
          commandId: id,
          purchaseId: id,
          verb: commandName,
          status: z.enum(['pending', 'applied', 'refused', 'failed']),
          detail: z.string().nullable().describe('Why it was not carried out.'),
        }),
      )
      .describe('One for each command, in the order in which they were given; a thousand at the most.'),
  })
  .meta({ id: 'FullJob' });
