import { z } from 'zod';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { EMAIL_STATES, RECIPIENT_KINDS } from '../../db/entities/email.ts';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { intOfEach, namesOver } from '../http/counts.ts';
import { id, instant } from '../http/fields.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

const at = instant.nullable();

const shown = {
  id,
  kind: z.enum(EMAIL_KINDS),
  state: z.enum(EMAIL_STATES),
  reason: z.string().nullable().describe('Why it was not sent, or what the provider said.'),
  recipientKind: z.enum(RECIPIENT_KINDS),
  recipientId: id,
  to: z.string().nullable(),
  purchaseId: id.nullable(),
  offer: z.strictObject({ id, name: z.string() }).nullable(),
  subject: z.string().nullable(),
  dueAt: instant,
  sentAt: at,
  attempts: z.int(),
  resendOf: id.nullable(),
  isTest: z.boolean().describe('An admin had it sent to look at it; it tells of nothing.'),
};

export const emailSchema = z.strictObject(shown).meta({ id: 'Email' });

const counts = z.strictObject({
  all: z.int(),
  ...intOfEach(EMAIL_STATES),
});
export const emailCounts = counts.extend({ over: namesOver(counts.keyof().options) }).meta({ id: 'EmailCounts' });

const causeSchema = z
  .strictObject({
    id,
    type: z.enum(ENTRY_TYPES),
    at: instant,
    actor: actorSchema,
    commandId: id.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'EmailCause', description: 'An entry of the timeline that was recorded together with the email.' });

export const fullEmailSchema = z
  .strictObject({
    ...shown,
    html: z.string().nullable().describe('One-time links are taken out; null until it has been sent or given up.'),
    text: z.string().nullable(),
    causes: z.array(causeSchema),
    resends: z.array(z.strictObject({ id, state: z.enum(EMAIL_STATES), dueAt: instant })),
  })
  .meta({ id: 'FullEmail' });
export type FullEmail = z.output<typeof fullEmailSchema>;
