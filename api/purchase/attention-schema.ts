import { z } from 'zod';
import { ATTENTION_REASONS } from '../../workflows/domain/pending.ts';
import { freeText, instant } from '../http/fields.ts';
import { namedPurchase } from './named-purchase.ts';

/** Who decides may say why. */
export const decisionBody = z.strictObject({ reason: freeText.optional().describe('Why; kept with the command.') });

/** One of the account's queue. */
export const attentionSchema = z
  .strictObject({
    id: z.string(),
    reason: z.enum(ATTENTION_REASONS),
    since: instant,
    commandId: z.string().nullable(),
    purchase: namedPurchase.nullable(),
  })
  .meta({ id: 'WaitingAttention', description: 'What a person has to decide about a purchase.' });
