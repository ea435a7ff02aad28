import { z } from 'zod';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { id, instant } from '../http/fields.ts';
import { accessStatus, actorSchema, billingStatus, dueSchema } from './purchase-schema.ts';

export const standingSchema = z
  .strictObject({ billingStatus, accessStatus })
  .meta({ id: 'Standing', description: 'Both axes before or after a verb; null on what is no verb.' });

export const timelineSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id,
        type: z.enum(ENTRY_TYPES),
        at: instant,
        actor: actorSchema,
        commandId: id.nullable(),
        reason: z.string().nullable(),
        feedback: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
        before: standingSchema.nullable(),
        after: standingSchema.nullable(),
      }),
    ),
    due: z.array(dueSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Timeline' });
