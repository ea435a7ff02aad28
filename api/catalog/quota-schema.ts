import { z } from 'zod';

/** Also the kinds of content that a site's product registers, with an `s`. */
const quotaName = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9_-]{0,39}$/, 'must be a word, such as products')
  .meta({ examples: ['products'] });
const limit = z.int('must be a whole number').min(0, 'must not be negative').max(1_000_000_000, 'is too large');

export const givenQuotas = z
  .record(quotaName, limit)
  .refine((quotas) => Object.keys(quotas).length <= 50, 'must be 50 or fewer')
  .describe(
    'How many of each an account may have for which it is bought: `products`, `pipelines`, `websites`, `admins`, `contacts`, `activeCustomers`, or a kind of content. What is not named is not limited.',
  )
  .meta({ examples: [{ products: 3, admins: 1 }] });

const feature = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a word of small letters, digits and _, such as code_editor')
  .meta({ examples: ['code_editor'] });

export const givenFeatures = z
  .array(feature)
  .max(50, 'must be 50 or fewer')
  .overwrite((given) => [...new Set(given)])
  .describe('What such an account may use besides.');

export const givenQuotaFactor = z
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(100, 'must be 100 or less')
  .nullable()
  .describe('Multiplies the quotas that the other purchases of such an account give; null: it leaves them.');

export const quotasSchema = z.record(z.string(), z.int());
export const featuresSchema = z.array(z.string());
export const quotaFactorSchema = z.int().nullable();
