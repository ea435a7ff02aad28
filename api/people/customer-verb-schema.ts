import { z } from 'zod';
import { priceSchema } from '../catalog/offer-schema.ts';
import { discount } from '../catalog/promotion-code-schema.ts';
import { freeText, givenId, reasonText, givenInstant, id, instant } from '../http/fields.ts';
import { RETENTION_KINDS } from '../../workflows/domain/retention.ts';
import { moneyEffectSchema } from '../inbox/command-schema.ts';
import { moneySchema, myPurchaseSchema } from './customer-schema.ts';

/** What every verb of a customer may be asked with. */
export const asked = {
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
  planHash: z.string().max(64).optional().describe('From the preview: refused if it would do something else by now.'),
};

export const cancelBody = z.strictObject({
  ...asked,
  reason: reasonText.optional().describe('Why, if they like to say: one of the reasons in `selfCancel` of `getMe`.'),
  feedback: freeText.optional().describe('The same in their own words.'),
});
export const undoBody = z.strictObject(asked);

/** What a pause is asked with [R7.5]. */
export const pauseBody = z.strictObject({ ...asked, resumeAt: givenInstant.optional().describe('When it resumes.') });

export const requestBody = z.strictObject({
  reason: freeText.optional().describe('Why, if they like to say.'),
  refundWanted: z.boolean().default(false),
});

/** What is offered in place of a cancellation is taken with [R9.4]. */
export const retentionBody = z.strictObject({
  ...asked,
  resumeAt: givenInstant.optional().describe('Of a pause: when it resumes. Without it, as late as the site allows.'),
});

const inWords = { message: z.string().nullable().describe("The site's own words.") };

export const retentionSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('pause'), ...inWords, mostDays: z.int(), suspendsAccess: z.boolean() })
      .meta({ id: 'RetentionPause' }),
    z
      .strictObject({ kind: z.literal('promotion_code'), ...inWords, code: z.string(), ...discount })
      .meta({ id: 'RetentionCode' }),
  ])
  .meta({ id: 'Retention', description: 'What the site offers before the customer confirms.' });

const done = z.strictObject({ status: z.literal('applied'), purchase: myPurchaseSchema }).meta({ id: 'MyDone' });

export const myVerbAnswer = z
  .discriminatedUnion('status', [
    done,
    z
      .strictObject({
        status: z.literal('preview'),
        planHash: z.string(),
        cancelAt: instant.nullable().describe('When billing and access end after it.'),
        nextChargeAt: instant.nullable(),
        nextCharge: moneySchema.nullable().describe('What is charged then, where billing goes on.'),
        retention: retentionSchema
          .nullable()
          .describe('What may be had in place of a cancellation, by `takeRetentionOffer`; null: nothing.'),
      })
      .meta({ id: 'MyPreview' }),
  ])
  .meta({ id: 'MyVerbAnswer' });

/** What a change of offer is asked with [R26.4]. */
export const changeBody = z.strictObject({ offerId: givenId, ...asked });

/** An offer that they may change to, and when it would be. */
export const ownChoiceSchema = z
  .strictObject({
    id,
    name: z.string(),
    description: z.string().nullable(),
    price: priceSchema,
    when: z.enum(['now', 'period_end']).describe('`now`: it costs more by the month, and the difference is charged.'),
  })
  .meta({ id: 'OfferChoice', description: 'Another offer of the group, to which the customer may change.' });

export const myChangeAnswer = z
  .discriminatedUnion('status', [
    done,
    z
      .strictObject({
        status: z.literal('preview'),
        planHash: z.string(),
        offer: ownChoiceSchema,
        at: instant.describe('When it becomes the other offer.'),
        money: z.array(moneyEffectSchema),
        newProducts: z.array(z.string()).describe('The names of what is in the other offer alone.'),
        endingProducts: z.array(z.string()).describe('The names of what is not in the other offer.'),
      })
      .meta({ id: 'MyChangePreview' }),
  ])
  .meta({ id: 'MyChangeAnswer' });

export const myPauseAnswer = z
  .discriminatedUnion('status', [
    done,
    z
      .strictObject({
        status: z.literal('preview'),
        planHash: z.string(),
        resumeAt: instant,
        suspendsAccess: z.boolean(),
        money: z.array(moneyEffectSchema),
      })
      .meta({ id: 'MyPausePreview' }),
  ])
  .meta({ id: 'MyPauseAnswer' });

export const myRetentionAnswer = z
  .discriminatedUnion('status', [
    done,
    z
      .strictObject({
        status: z.literal('preview'),
        planHash: z.string(),
        kind: z.enum(RETENTION_KINDS),
        money: z.array(moneyEffectSchema),
        resumeAt: instant.nullable().describe('Of a pause.'),
        suspendsAccess: z.boolean(),
      })
      .meta({ id: 'MyRetentionPreview' }),
  ])
  .meta({ id: 'MyRetentionAnswer' });

export const acceptedSchema = z
  .strictObject({ status: z.literal('pending') })
  .meta({ id: 'Accepted', description: 'Accepted; it will be carried out.' });
