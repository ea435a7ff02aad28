import { z } from 'zod';
import { PRORATIONS } from '../../workflows/domain/writes.ts';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';
import { findOffer } from './find-offer.ts';

const input = z.strictObject({
  offerId: z.uuid(),
  when: z.enum(['now', 'period_end']),
  proration: z
    .enum(PRORATIONS)
    .default('prorate')
    .describe(
      'Of a change now. `prorate`: the difference is charged at once, or credited. `none`: the new price from the next renewal. `full`: a new period from now, charged in full, nothing credited.',
    ),
});

export const changeOffer = defineAskedVerb({
  operationId: 'changeOfferOfPurchase',
  summary: 'Make it another subscription offer, now or with the end of the period',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: { offerId: '0198c0de-0000-7000-8000-000000000009', when: 'period_end', proration: 'prorate' },
  toInput: ({ offerId, when, proration }) => ({ offerId, when, proration }),
  prepare: findOffer,
});
