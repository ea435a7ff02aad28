import { z } from 'zod';
import { REQUEST_STATES } from '../../workflows/domain/cancellation-request.ts';
import { freeText, givenInstant, id, instant } from '../http/fields.ts';
import { asked } from '../verbs/asked-verb.ts';
import { namedPurchase } from './named-purchase.ts';
import { actorSchema } from './purchase-schema.ts';

export const requestState = z.enum(REQUEST_STATES);

export const requestSchema = z
  .strictObject({
    id,
    state: requestState.describe(
      '`obsolete`: the purchase has ended otherwise, or is going to, so there is nothing left to decide.',
    ),
    purchase: namedPurchase.nullable(),
    refundWanted: z.boolean(),
    reason: z.string().nullable().describe('What the customer wrote.'),
    askedAt: instant,
    ageDays: z.int().describe('Full days that it waits, or waited until it was decided.'),
    decidedAt: instant.nullable(),
    decidedBy: actorSchema.nullable(),
    decision: z.string().nullable().describe('Why it was declined, or what was written with the verb.'),
    commandId: id.nullable().describe('The command that withdrew, declined or carried it out.'),
  })
  .meta({ id: 'CancellationRequest', description: 'A wish of a customer that an admin decides on.' });

export const declineBody = z
  .strictObject({
    dryRun: asked.dryRun,
    planHash: asked.planHash,
    reason: freeText.optional().describe('Why; the customer reads it. Required, unless it is only previewed.'),
  })
  .refine(({ dryRun, reason }) => dryRun || reason !== undefined, { path: ['reason'], message: 'is required' });

export const carryOutBody = z.strictObject({
  ...asked,
  verb: z.enum(['cancel', 'money-back']).default('cancel').describe('By which verb it is carried out.'),
  when: z.enum(['now', 'period_end', 'at']).default('period_end').describe('For `cancel`.'),
  cancelAt: givenInstant.nullable().default(null).describe('For `cancel` with `when: at`.'),
  override: z.boolean().default(false).describe('For `money-back`, after its window.'),
});
