import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';

const input = z.strictObject({
  paymentId: z.string().min(1).max(255),
  amountMinor: z.int().positive().nullable().default(null),
  billing: z.enum(['keep', 'cancel_now', 'cancel_period_end']).default('keep'),
  access: z.enum(['keep', 'revoke']).default('keep'),
});

export const refund = defineAskedVerb({
  operationId: 'refundPurchase',
  summary: 'Give a payment back, in full or in part',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: { paymentId: 'in_1Qexample', amountMinor: 1000, billing: 'keep', access: 'keep' },
  toInput: ({ paymentId, amountMinor, billing, access }) => ({ paymentId, amountMinor, billing, access }),
});
