import type { z } from 'zod';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import type { termsSchema } from './terms-schema.ts';

/** The terms of a purchase; what was sold before offers could say a thing says nothing of it. */
export const toApiTerms = ({
  refundWindowDays,
  accessDays,
  accessStartsAt,
  requires = [],
  group = null,
  cancelBy = 'self',
  repeatable = false,
  credits = null,
  officeHours = false,
  quotas = {},
  features = [],
  quotaFactor = null,
}: OfferTerms): z.input<typeof termsSchema> => ({
  requires,
  group,
  cancelBy,
  repeatable,
  credits,
  officeHours,
  quotas,
  features,
  quotaFactor,
  refundWindowDays,
  accessDays,
  accessStartsAt,
});
