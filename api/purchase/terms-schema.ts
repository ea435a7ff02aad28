import { z } from 'zod';
import { CANCEL_WAYS } from '../../workflows/domain/offer.ts';
import { creditRuleSchema } from '../catalog/credit-rule-schema.ts';
import { featuresSchema, quotaFactorSchema, quotasSchema } from '../catalog/quota-schema.ts';
import { id, instant } from '../http/fields.ts';

export const termsSchema = z
  .strictObject({
    refundWindowDays: z.int(),
    accessDays: z.int().nullable(),
    accessStartsAt: instant.nullable(),
    requires: z.array(id),
    group: z.string().nullable(),
    cancelBy: z.enum(CANCEL_WAYS),
    repeatable: z.boolean(),
    credits: creditRuleSchema.nullable(),
    officeHours: z.boolean(),
    quotas: quotasSchema,
    features: featuresSchema,
    quotaFactor: quotaFactorSchema,
  })
  .meta({ description: 'The offer as it was then; later edits do not reach the purchase.' });
