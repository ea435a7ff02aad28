import { z } from 'zod';
import { unevenAmount } from '../../workflows/domain/chargeable.ts';
import { CODE_STATES } from '../../workflows/domain/promotion-code.ts';
import { currency, givenId, givenInstant, id, instant } from '../http/fields.ts';

/** As people type it: what Stripe takes as a code. */
export const promotionCodeText = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')
  .meta({ examples: ['SPRING'] });

const newText = promotionCodeText.regex(/^[A-Za-z0-9-]+$/, 'may have letters, digits and dashes only');

const percent = z
  .number('must be a number')
  .gt(0, 'must be more than nothing')
  .max(100, 'must be 100 or less')
  .multipleOf(0.01, 'must have at most two decimals');

const count = (most: number) =>
  z.int('must be a whole number').min(1, 'must be 1 or more').max(most, `must be ${most} or less`);

const months = z.strictObject({ months: count(120) });
const duration = z
  .union([z.enum(['once', 'forever']), months], 'must be once, forever or { months }')
  .describe('For the next charge, for every charge, or for those of so many months from the purchase on.');

export const newPromotionCode = z
  .strictObject({
    code: newText,
    percentOff: percent.optional(),
    amountOffMinor: z
      .int('must be a whole number')
      .min(1, 'must be more than nothing')
      .max(99_999_999, 'is too large')
      .optional(),
    currency: currency.optional(),
    duration,
    offerIds: z.array(givenId).min(1, 'must name at least one offer').max(200).optional(),
    endsAt: givenInstant.nullable().optional(),
    maxUses: count(1_000_000_000).nullable().optional(),
    oncePerContact: z.boolean().default(false),
    firstPurchaseOnly: z.boolean().default(false),
  })
  .superRefine(({ percentOff, amountOffMinor, currency: code }, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if ((percentOff === undefined) === (amountOffMinor === undefined))
      fault('percentOff', 'must be given, or amountOffMinor must, and not both');
    if ((amountOffMinor === undefined) !== (code === undefined))
      fault('currency', 'must be given with amountOffMinor, and only with it');
    const uneven = amountOffMinor !== undefined && code !== undefined ? unevenAmount(amountOffMinor, code) : null;
    if (uneven !== null) fault('amountOffMinor', uneven);
  });

/** What is taken off. */
export const discount = {
  percentOff: z.number().nullable(),
  amountOffMinor: z.int().nullable(),
  currency: z.string().nullable(),
  duration: z.union([z.enum(['once', 'forever']), z.strictObject({ months: z.int() })]),
};

export const promotionCodeSchema = z
  .strictObject({
    id,
    code: z.string(),
    ...discount,
    offerIds: z.array(id).nullable().describe('null: for all offers.'),
    endsAt: instant.nullable(),
    maxUses: z.int().nullable(),
    oncePerContact: z.boolean(),
    firstPurchaseOnly: z.boolean(),
    state: z.enum(CODE_STATES).describe('`ended`: by hand or by its date.'),
    uses: z.int().describe('Purchases that began with it.'),
    endedAt: instant.nullable().describe('When somebody ended it.'),
    createdAt: instant,
  })
  .meta({ id: 'PromotionCode' });

/** A discount that lies on a purchase. */
export const heldDiscountSchema = z
  .strictObject({
    ...discount,
    code: z.string().nullable().describe('null: put on at Stripe, without a code.'),
    promotionCodeId: id.nullable(),
    endsAt: instant.nullable().describe('It holds for charges before this; null: see duration.'),
  })
  .meta({ id: 'HeldDiscount' });

export const codeUsedSchema = z.strictObject({ id, code: z.string() }).meta({ id: 'CodeUsed' });

const money = z.strictObject({ amountMinor: z.int(), currency: z.string() });

export const quotedPriceSchema = z
  .strictObject({
    code: z.string(),
    ...discount,
    today: money.nullable().describe('What is charged at once; null: nothing.'),
    regular: money
      .nullable()
      .describe('What a regular charge comes to while the code holds for it; null: none recurs.'),
  })
  .meta({ id: 'QuotedPrice', description: 'What an offer costs with a code.' });
