import { z } from 'zod';
import { SUPPRESSION_REASONS } from '../../db/mail/suppressions.ts';
import { freeText, id, instant } from '../http/fields.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

export const suppressionSchema = z
  .strictObject({
    contactId: id,
    email: z.string(),
    name: z.string().nullable(),
    reason: z
      .enum(SUPPRESSION_REASONS)
      .describe('What was reported; `listed`: the provider had the address on its list already.'),
    since: instant,
    emailId: id.describe('The last email of which it was reported.'),
  })
  .meta({ id: 'Suppression', description: 'A contact to whose address the mail provider sends nothing.' });
export type ApiSuppression = z.output<typeof suppressionSchema>;

export const liftSchema = z
  .strictObject({
    id,
    contactId: id,
    reason: z.string().nullable().describe('null: the person was erased.'),
    by: actorSchema,
    createdAt: instant,
  })
  .meta({ id: 'SuppressionLift', description: 'An address was taken off the list of the mail provider.' });
export type ApiLift = z.output<typeof liftSchema>;

export const liftBody = z.strictObject({
  reason: freeText.describe('Why the address can be written to again. It is kept.'),
});
