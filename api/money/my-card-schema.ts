import { z } from 'zod';
import { id, instant } from '../http/fields.ts';
import { moneySchema } from '../people/customer-schema.ts';

const use = z
  .strictObject({
    purchaseId: id,
    offer: z.strictObject({ id, name: z.string() }),
    nextCharge: moneySchema.extend({ at: instant }).nullable().describe('null: none will come as things stand.'),
  })
  .meta({ id: 'CardUse' });

export const myCardSchema = z
  .strictObject({
    id: z.string(),
    kind: z.string().describe('How it is charged, by the word of Stripe: `card`, `sepa_debit`, `link`, ...'),
    name: z.string().describe('In words: `Visa ending in 4242 (Apple Pay)`.'),
    brand: z.string().nullable(),
    last4: z.string().nullable(),
    expMonth: z.int().nullable(),
    expYear: z.int().nullable(),
    hasExpired: z.boolean(),
    wallet: z.string().nullable().describe('`apple_pay`, `google_pay`, ...; null: in none.'),
    isDefault: z.boolean().describe('It pays for whatever has no card of its own.'),
    uses: z.array(use).describe('What it pays for.'),
    couldPayFor: z.array(id).describe('Purchases that can be moved to it.'),
  })
  .meta({ id: 'MyCard' });

export const myCardsSchema = z.strictObject({ data: z.array(myCardSchema) }).meta({ id: 'MyCards' });
