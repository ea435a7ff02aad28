import { z } from 'zod';
import { id, instant } from '../http/fields.ts';
import { previewSchema, doneSchema } from '../inbox/command-schema.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { requestState } from '../purchase/request-schema.ts';
import { asked } from '../verbs/asked-verb.ts';

const excess = z.strictObject({ quota: z.string(), limit: z.int(), used: z.int() });

const content = z
  .strictObject({
    state: z
      .enum(['fits', 'unlisted', 'too_much', 'unconfirmed', 'confirmed'])
      .describe('Removed only where it fits, or what the account keeps is confirmed.'),
    excess: z.array(excess).describe('What the plan alone has no room for.'),
  })
  .meta({ id: 'ContentOver' });

export const removalSchema = z
  .strictObject({
    id,
    account: z.strictObject({ id, name: z.string() }),
    purchaseId: id,
    state: requestState,
    refundWanted: z.boolean(),
    reason: z.string().nullable().describe('What the account wrote.'),
    askedAt: instant,
    askedBy: actorSchema.nullable(),
    ageDays: z.int().describe('Full days that it waits, or waited until it was decided.'),
    decidedAt: instant.nullable(),
    content: content.nullable().describe('Of an open request; null: it is over.'),
  })
  .meta({ id: 'Removal', description: 'What an account has asked to be removed.' });

export const removeBody = z.strictObject({ dryRun: asked.dryRun, planHash: asked.planHash, reason: asked.reason });

export const removeAnswer = z
  .discriminatedUnion('status', [doneSchema, previewSchema.extend({ content }).meta({ id: 'RemovalPreview' })])
  .meta({ id: 'RemovalAnswer', description: 'What the removal did, or would do, with the content that is too much.' });
