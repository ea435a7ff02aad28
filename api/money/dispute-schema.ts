import { z } from 'zod';
import { DISPUTE_STATUSES, STRIPE_DISPUTE_STATUSES } from '../../workflows/domain/payments.ts';
import { id, instant } from '../http/fields.ts';
import { names } from '../purchase/purchase-schema.ts';

const at = instant.nullable();

export const disputeState = z.enum(DISPUTE_STATUSES).meta({
  id: 'DisputeState',
  description: [
    '`inquiry`: the bank asks, has taken nothing, and bars no refund.',
    '`open`: the bank holds the money. `won`: it is back. `lost`: the customer keeps it; `open` and `lost` bar refunds.',
    '`closed`: an inquiry that came to nothing, or a dispute that was prevented.',
  ].join(' '),
});

export const disputeRecordSchema = z
  .strictObject({
    id: z.string().describe("Stripe's own."),
    purchaseId: id,
    paymentId: z.string(),
    ...names,
    state: disputeState,
    stripeStatus: z
      .enum(STRIPE_DISPUTE_STATUSES)
      .nullable()
      .describe("Where it stands in Stripe's words; null: not known, or one that came with a later version of Stripe."),
    isInquiry: z.boolean().describe('It is, or was to its end, a question of the bank that took no money.'),
    needsResponse: z.boolean().describe('It is not decided, and the bank waits for evidence.'),
    amountMinor: z.int().describe('How much is claimed.'),
    currency: z.string(),
    reason: z.string().nullable().describe("Stripe's code for why; null: not known."),
    reasonInWords: z.string().nullable().describe('The same in words.'),
    evidenceDueAt: at.describe('Until when Stripe takes evidence; null: not known, or none is asked for.'),
    openedAt: instant,
    closedAt: at.describe('When it was decided; null: it is not, or that is not known.'),
  })
  .meta({ id: 'DisputeRecord', description: "A bank's question about a payment, or its claim to the money." });
export type DisputeRecord = z.output<typeof disputeRecordSchema>;
