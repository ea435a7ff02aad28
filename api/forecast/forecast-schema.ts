import { z } from 'zod';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { CREDIT_ENTRY_KINDS } from '../../workflows/domain/credits/ledger.ts';
import { DUE_KINDS } from '../../workflows/domain/due.ts';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { givenInstant, id, instant } from '../http/fields.ts';
import { standingSchema } from '../purchase/timeline-schema.ts';
import { MOST_MONTHS } from './work-out.ts';

export const untilQuery = {
  until: givenInstant
    .optional()
    .describe(`What happens at this instant is included; at most ${MOST_MONTHS} months ahead, 12 unless said.`),
};

const common = {
  at: instant,
  purchaseId: id,
  certain: z.boolean().describe('false: only Stripe, or the bank of the customer, knows it; `why` says so.'),
  why: z.string().nullable(),
};

export const forecastEntrySchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('due'), due: z.enum(DUE_KINDS), ...common })
      .meta({ id: 'ForecastDue', description: 'A date of the due list that has come.' }),
    z
      .strictObject({
        kind: z.literal('charge'),
        amountMinor: z.int(),
        currency: z.string(),
        instalment: z.int().nullable().describe('Which instalment of a payment plan; else null.'),
        instalments: z.int().nullable(),
        ...common,
      })
      .meta({ id: 'ForecastCharge', description: 'A payment that Stripe takes.' }),
    z
      .strictObject({ kind: z.literal('event'), event: z.enum(ENTRY_TYPES), ...common })
      .meta({ id: 'ForecastEvent', description: 'Any other line of the timeline.' }),
    z
      .strictObject({
        kind: z.literal('credit'),
        change: z.enum(CREDIT_ENTRY_KINDS),
        count: z.int(),
        expiresAt: instant.nullable().describe('Of what is issued; else null.'),
        ...common,
      })
      .meta({ id: 'ForecastCredit', description: 'What happens to call credits.' }),
    z
      .strictObject({
        kind: z.literal('email'),
        email: z.enum(EMAIL_KINDS),
        to: z.enum(['customer', 'admins', 'expert']),
        ...common,
      })
      .meta({ id: 'ForecastEmail', description: 'An email that is sent then.' }),
    z
      .strictObject({ kind: z.literal('state'), before: standingSchema, after: standingSchema, ...common })
      .meta({ id: 'ForecastState', description: 'Billing or access becomes another.' }),
  ])
  .meta({ id: 'ForecastEntry' });

const sumSchema = z.strictObject({
  currency: z.string(),
  charges: z.int(),
  amountMinor: z.int(),
  uncertainMinor: z.int().describe('What of it is not certain.'),
});

const totals = z.array(sumSchema.meta({ id: 'ForecastSum' })).describe('What is charged in all, by currency.');

const noteSchema = z
  .strictObject({ purchaseId: id, text: z.string() })
  .meta({ id: 'ForecastNote', description: 'What a forecast takes as given, where that is not plain.' });

const forecastOf = {
  asOf: instant.describe("The account's now."),
  until: instant,
  entries: z.array(forecastEntrySchema).describe('In the order in which they happen.'),
  totals,
  notes: z.array(noteSchema),
};

export const purchaseForecastSchema = z
  .strictObject({ purchaseId: id, ...forecastOf })
  .meta({ id: 'PurchaseForecast', description: 'What will happen as things stand, if each card is taken.' });

export const contactForecastSchema = z
  .strictObject({ contactId: id, ...forecastOf })
  .meta({ id: 'ContactForecast', description: 'The same of all that a contact has.' });

export const accountForecastSchema = z
  .strictObject({
    asOf: instant,
    until: instant,
    purchases: z.int().describe('How many were worked out for this page.'),
    months: z
      .array(
        sumSchema
          .extend({
            month: z
              .string()
              .meta({ examples: ['2027-02'] })
              .describe("By the account's time zone."),
          })
          .meta({ id: 'ForecastMonth' }),
      )
      .describe('What the purchases of this page are charged, by month and currency.'),
    totals,
    nextCursor: z.string().nullable().describe('null: these were the last purchases; else add the pages up.'),
  })
  .meta({ id: 'AccountForecast', description: 'Revenue to come of what is sold already.' });
