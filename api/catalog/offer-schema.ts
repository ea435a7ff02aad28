import { z } from 'zod';
import { kindsWhere } from '../../emails/catalogue.ts';
import { INTERVALS } from '../../workflows/domain/calendar.ts';
import { unchargeable, unevenAmount } from '../../workflows/domain/chargeable.ts';
import { CANCEL_WAYS } from '../../workflows/domain/offer.ts';
import { creditRuleSchema, givenCreditRule, officeHours } from './credit-rule-schema.ts';
import {
  featuresSchema,
  givenFeatures,
  givenQuotaFactor,
  givenQuotas,
  quotaFactorSchema,
  quotasSchema,
} from './quota-schema.ts';
import { currency, freeText, givenId, givenInstant, httpsUrl, id, instant, name } from '../http/fields.ts';

/** The emails that an offer may switch off [R4.3]. */
export const PURCHASE_EMAILS = kindsWhere({ offBy: 'offer' });

/** Those were checked when they were stored. */
export const toApiEmailsOff = (kept: string[]) => kept as (typeof PURCHASE_EMAILS)[number][];

/** Shown to people too, who typed the amount in a form. */
const amount = (least: 0 | 1) =>
  z
    .int('must be a whole number')
    .min(least, least === 0 ? 'must not be negative' : 'must be more than nothing')
    .max(99_999_999, 'is too large')
    .describe('In minor units of the currency.');

const days = (least: 0 | 1, most: number) =>
  z.int('must be a whole number of days').min(least, `must be ${least} or more`).max(most, `must be ${most} or less`);

const amountMinor = amount(1);

const instalment = amountMinor.describe('One instalment, in minor units of the currency.');
const instalments = z
  .int('must be a whole number')
  .min(2, 'must be 2 or more')
  .max(12, 'must be 12 or less')
  .describe('Monthly, the first with the purchase.');

type Charged = { amountMinor: number; currency: string; trialDays?: number; setupFeeMinor?: number };

/** A fee comes with the first payment, except before a trial, where it is charged alone [R4.2]. */
function refuseUnchargeable(
  { amountMinor, currency, trialDays = 0, setupFeeMinor = 0 }: Charged,
  context: z.RefinementCtx,
) {
  const judgeFee = trialDays > 0 ? unchargeable : unevenAmount;
  const faults = {
    amountMinor: unchargeable(amountMinor, currency),
    setupFeeMinor: setupFeeMinor === 0 ? null : judgeFee(setupFeeMinor, currency),
  };
  for (const [field, message] of Object.entries(faults))
    if (message !== null) context.addIssue({ code: 'custom', path: [field], message });
}

/** The kinds that are sold today; the other kinds of R4.2 are refused by name. */
const givenPrice = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('free') }).meta({ id: 'NewFreePrice' }),
    z
      .strictObject({ kind: z.literal('one_time'), amountMinor, currency })
      .superRefine(({ amountMinor, currency }, context) => {
        const message = unchargeable(amountMinor, currency);
        if (message !== null) context.addIssue({ code: 'custom', path: ['amountMinor'], message });
      })
      .meta({ id: 'NewOneTimePrice' }),
    z
      .strictObject({
        kind: z.literal('subscription'),
        amountMinor,
        currency,
        interval: z.enum(INTERVALS),
        trialDays: days(0, 730).default(0),
        setupFeeMinor: amount(0).default(0),
      })
      .superRefine(refuseUnchargeable)
      .meta({ id: 'NewSubscriptionPrice' }),
    z
      .strictObject({ kind: z.literal('payment_plan'), amountMinor: instalment, currency, instalments })
      .superRefine(refuseUnchargeable)
      .meta({ id: 'NewPaymentPlanPrice' }),
  ],
  'must be free, one_time, subscription or payment_plan',
);

export const priceSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('free') }).meta({ id: 'FreePrice' }),
    z
      .strictObject({ kind: z.literal('one_time'), amountMinor: z.int(), currency: z.string() })
      .meta({ id: 'OneTimePrice' }),
    z
      .strictObject({
        kind: z.literal('subscription'),
        amountMinor: z.int(),
        currency: z.string(),
        interval: z.enum(INTERVALS),
        trialDays: z.int(),
        setupFeeMinor: z.int(),
      })
      .meta({ id: 'SubscriptionPrice' }),
    z
      .strictObject({
        kind: z.literal('payment_plan'),
        amountMinor: z.int(),
        currency: z.string(),
        instalments: z.int(),
      })
      .meta({ id: 'PaymentPlanPrice', description: 'Monthly; `amountMinor` is one instalment.' }),
  ])
  .meta({ id: 'Price' });

const emailsOff = z.array(z.enum(PURCHASE_EMAILS)).max(PURCHASE_EMAILS.length);
const refundWindowDays = days(0, 3650).describe('0: no refund window.');
const refundWindowOnce = z
  .boolean()
  .describe('Whoever had a window of this offer, or of its group, has none with a later purchase.');
const accessDays = days(1, 36_500).nullable().describe('null: without end.');
const productIds = z.array(givenId).min(1, 'must name at least one product').max(200);

const requires = z.array(givenId).max(50).describe('Of these offers, its contact must have one that is live.');
const group = name.nullable().describe('A contact has one live purchase of a group; null: it belongs to none.');
const cancelBy = z
  .enum(CANCEL_WAYS)
  .describe('`self`: as the site lets its customers cancel. `request`: they ask, and an admin decides.');
const repeatable = z.boolean().describe('What is paid once, or is free, may be bought again while it gives access.');
const description = freeText.nullable().describe('Plain text; a blank line begins a paragraph.');
const imageUrl = httpsUrl.nullable().describe('Shown by browsers; we never fetch it.');
const url = httpsUrl.nullable().describe('Where customers use it.');

export const newOffer = z.strictObject({
  name,
  description: description.default(null),
  imageUrl: imageUrl.default(null),
  productIds,
  price: givenPrice,
  refundWindowDays: refundWindowDays.default(30),
  refundWindowOnce: refundWindowOnce.default(false),
  accessDays: accessDays.default(null),
  accessStartsAt: givenInstant.nullable().default(null).describe('null: with the purchase.'),
  emailsOff: emailsOff.default([]),
  requires: requires.default([]),
  group: group.default(null),
  cancelBy: cancelBy.default('self'),
  repeatable: repeatable.default(false),
  credits: givenCreditRule.default(null),
  officeHours: officeHours.default(false),
  quotas: givenQuotas.default({}),
  features: givenFeatures.default([]),
  quotaFactor: givenQuotaFactor.default(null),
});

/** The price of an offer stays as it is: what was sold was sold for it. */
export const offerChange = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  imageUrl: imageUrl.optional(),
  productIds: productIds.optional(),
  refundWindowDays: refundWindowDays.optional(),
  refundWindowOnce: refundWindowOnce.optional(),
  accessDays: accessDays.optional(),
  accessStartsAt: givenInstant.nullable().optional(),
  emailsOff: emailsOff.optional(),
  requires: requires.optional(),
  group: group.optional(),
  cancelBy: cancelBy.optional(),
  repeatable: repeatable.optional(),
  credits: givenCreditRule.optional(),
  officeHours: officeHours.optional(),
  quotas: givenQuotas.optional(),
  features: givenFeatures.optional(),
  quotaFactor: givenQuotaFactor.optional(),
});

export const offerSchema = z
  .strictObject({
    id,
    name: z.string(),
    description: z.string().nullable(),
    imageUrl: z.string().nullable(),
    productIds: z.array(id),
    products: z.array(z.strictObject({ id, name: z.string(), archivedAt: instant.nullable() })),
    price: priceSchema,
    refundWindowDays: z.int(),
    refundWindowOnce,
    accessDays: z.int().nullable(),
    accessStartsAt: instant.nullable(),
    emailsOff: z.array(z.enum(PURCHASE_EMAILS)),
    requires: z.array(id),
    group: z.string().nullable(),
    cancelBy: z.enum(CANCEL_WAYS),
    repeatable: z.boolean(),
    credits: creditRuleSchema.nullable(),
    officeHours: z.boolean(),
    quotas: quotasSchema,
    features: featuresSchema,
    quotaFactor: quotaFactorSchema,
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Offer' });

/** Archiving cancels nothing; this is what goes on [R4.4]. */
export const goesOn = z.strictObject({
  livePurchases: z.int().describe('Billing goes on.'),
  purchasesWithAccess: z.int().describe('Access goes on.'),
});

export const offerGoesOn = goesOn.extend({
  offersThatRequireIt: z.int().describe('Offers that can be bought and require it.'),
  codesForIt: z.int().describe('Promotion codes that have not ended and name it.'),
});
export const archivedOffer = z.strictObject({ offer: offerSchema, warning: z.string(), goesOn: offerGoesOn });

export const productSchema = z
  .strictObject({
    id,
    name: z.string(),
    url: z.string().nullable(),
    description: z.string().nullable(),
    imageUrl: z.string().nullable(),
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Product' });

export const newProduct = z.strictObject({
  name,
  url: url.default(null),
  description: description.default(null),
  imageUrl: imageUrl.default(null),
});
export const productChange = z.strictObject({ name, url, description, imageUrl }).partial();
export const archivedProduct = z.strictObject({ product: productSchema, warning: z.string(), goesOn });
