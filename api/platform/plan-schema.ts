import { z } from 'zod';
import { BILLING_STATUSES } from '../../workflows/domain/billing.ts';
import { INTERVALS } from '../../workflows/domain/calendar.ts';
import { featuresSchema, quotasSchema } from '../catalog/quota-schema.ts';
import { priceSchema } from '../catalog/offer-schema.ts';
import { givenId, id, instant } from '../http/fields.ts';
import { moneyEffectSchema } from '../inbox/command-schema.ts';
import { asked } from '../verbs/asked-verb.ts';
import { PRORATIONS } from '../../workflows/domain/writes.ts';
import { moneySchema } from '../people/customer-schema.ts';

const at = instant.nullable();
const offer = z.strictObject({ id, name: z.string() });

const entitled = {
  features: featuresSchema,
  quotas: z
    .record(z.string(), z.strictObject({ limit: z.int(), used: z.int().nullable().describe('null: not counted.') }))
    .describe('By name; what is not named is not limited.'),
  until: at.describe('When it is known to end; null: no end is known.'),
};

export const accountFeatures = z
  .strictObject({
    ...entitled,
    plan: z
      .enum(['none', 'live', 'ended'])
      .describe('`none`: it never had one, and nothing is limited. `ended`: it keeps what it has, and makes no more.'),
  })
  .meta({ id: 'AccountFeatures' });

const ownPlan = z.strictObject({
  purchaseId: id,
  offer,
  price: priceSchema,
  status: z.enum(BILLING_STATUSES),
  periodEnd: at,
  cancelAt: at,
  nextCharge: moneySchema.extend({ at: instant }).nullable(),
  change: z
    .strictObject({
      offer,
      at: instant,
      awaitsContent: z.boolean().describe('It waits until an operator has confirmed what the account keeps.'),
    })
    .nullable()
    .describe('What it becomes with the end of the period; null: nothing is planned.'),
});

const planChoice = z.strictObject({
  ...offer.shape,
  price: priceSchema,
  when: z.enum(['now', 'period_end']).describe('When a change to it takes effect.'),
  quotas: quotasSchema,
  features: featuresSchema,
});

export const accountPlan = z
  .strictObject({
    ...entitled,
    plan: ownPlan.nullable().describe('null: it never had one.'),
    choices: z
      .array(planChoice)
      .describe('What the plan may become, and what it would give: what is billed as often first, the cheapest first.'),
  })
  .meta({ id: 'AccountPlan' });

export const undoBody = z.strictObject({ dryRun: asked.dryRun, planHash: asked.planHash, reason: asked.reason });

export const changeBody = undoBody.extend({
  offerId: givenId,
  when: z
    .enum(['now', 'period_end'])
    .optional()
    .describe('Without it: more at once, less with the end of the period. Less is never at once.'),
  proration: z.enum(PRORATIONS).default('prorate').describe('Of a change now: how the difference is charged.'),
});

export const addOnFollows = z
  .strictObject({
    offer,
    interval: z.enum(INTERVALS),
    price: moneySchema.describe('Of each period, before discounts.'),
    chargedAt: at.describe("With its first renewal after the plan's change; the owner is emailed before."),
  })
  .meta({ id: 'AddOnFollows', description: 'The add-on, which follows its plan to another interval.' });

export const planAnswer = z
  .discriminatedUnion('status', [
    z.strictObject({ status: z.literal('applied'), plan: accountPlan }).meta({ id: 'PlanChanged' }),
    z
      .strictObject({
        status: z.literal('preview'),
        planHash: z.string().nullable(),
        money: z.array(moneyEffectSchema),
        addOn: addOnFollows.nullable().describe('null: nothing follows.'),
      })
      .meta({ id: 'PlanPreview' }),
    z
      .strictObject({ status: z.literal('to_pay'), purchaseId: id, url: z.string().describe('Where it is paid.') })
      .meta({ id: 'PlanToPay', description: 'The account has no plan that runs: it begins when it is paid.' }),
  ])
  .meta({ id: 'PlanAnswer' });
