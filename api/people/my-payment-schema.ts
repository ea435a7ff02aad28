import { z } from 'zod';
import { instant } from '../http/fields.ts';

const money = { amountMinor: z.int(), currency: z.string() };

/** A payment as its customer sees it. */
export const myPaymentSchema = z.strictObject({
  id: z.string(),
  ...money,
  refundedMinor: z.int(),
  paidAt: instant,
  period: z.strictObject({ from: instant, to: instant }).nullable().describe('For what; null: for no period.'),
  refunds: z.array(
    z.strictObject({
      id: z.string(),
      ...money,
      status: z.enum(['pending', 'succeeded', 'failed']),
      createdAt: instant,
    }),
  ),
});
