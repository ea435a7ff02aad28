import { z } from 'zod';
import { JOB_KINDS } from '../../db/entities/job.ts';
import { JOB_STATES } from '../../workflows/domain/job.ts';
import { id, instant } from '../http/fields.ts';
import { actorSchema, commandName } from '../purchase/purchase-schema.ts';

const job = {
  id,
  kind: z.enum(JOB_KINDS),
  state: z.enum(JOB_STATES).describe('Jobs that are commands to purchases are running or done.'),
  input: z
    .strictObject({ expertId: id, startsAt: instant, endsAt: instant })
    .nullable()
    .describe('Whose bookings are canceled, and in which time; null for other kinds.'),
  broadcastId: id.nullable().describe('The broadcast that it sends; null for other kinds.'),
  total: z.int(),
  done: z.int().describe('Those that have ended, however they did.'),
  applied: z.int(),
  refused: z.int(),
  failed: z.int(),
  stuckReason: z.string().nullable().describe('Why it does not go on at the moment; it is tried again by itself.'),
  by: actorSchema,
  changedBy: actorSchema.nullable().describe('Who paused, resumed or canceled it last.'),
  reason: z.string().nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
};

export const jobSchema = z.strictObject(job).meta({ id: 'Job', description: 'What was asked for many at once.' });

const status = z.enum(['pending', 'applied', 'refused', 'failed']);
const detail = z.string().nullable().describe('Why it was not carried out.');

const commandResult = z
  .strictObject({ kind: z.literal('command'), commandId: id, purchaseId: id, verb: commandName, status, detail })
  .meta({ id: 'CommandResult' });
const emailResult = z
  .strictObject({ kind: z.literal('email'), emailId: id, contactId: id, status, detail })
  .meta({ id: 'EmailResult' });

export const fullJobSchema = z
  .strictObject({
    ...job,
    results: z
      .array(z.discriminatedUnion('kind', [commandResult, emailResult]))
      .describe('One for each command, in the order in which they were given, or each email; a thousand at the most.'),
  })
  .meta({ id: 'FullJob' });
