import { z } from 'zod';
import { PAYMENT_STATES } from '../../db/entities/payment.ts';
import { intOfEach, namesOver } from '../http/counts.ts';
import { id, instant } from '../http/fields.ts';
import { disputeSchema, names, refundSchema } from '../purchase/purchase-schema.ts';

const at = instant.nullable();

export const paymentState = z.enum(PAYMENT_STATES).meta({
  id: 'PaymentState',
  description: [
    '`succeeded`: paid, and all of it is there.',
    '`partially_refunded`, `refunded`: paid, and a part or all of it went back or is on its way back; failed refunds do not count.',
    '`disputed`: paid, and a bank claims the money, or has taken it. An inquiry is no dispute yet.',
    '`failed`: an invoice that is open after a failed try. `requires_action`: one that waits for the customer to confirm it at the bank.',
    '`canceled`: an invoice that failed and is not collected any more. None of the last three is paid.',
  ].join(' '),
});

export const cardSchema = z.strictObject({ brand: z.string(), last4: z.string() });

const refundWithNote = refundSchema
  .extend({
    creditNoteNumber: z.string().nullable().describe('Without gaps in the account. null: nothing was given back yet.'),
  })
  .meta({ id: 'RefundOfPayment' });

export const paymentSchema = z
  .strictObject({
    id: z.string().describe('The id of the invoice, at Stripe too.'),
    purchaseId: id,
    contactId: id,
    ...names,
    state: paymentState,
    amountMinor: z.int(),
    currency: z.string(),
    refundedMinor: z.int().describe('How much went back or is on its way back.'),
    at: instant.describe('`paidAt`, or `failedAt` of what is not paid: the list is sorted by it.'),
    paidAt: at.describe('null: not paid yet, or never.'),
    failedAt: at.describe('When the first try failed; it stays when a later one succeeds. null: none failed.'),
    attempts: z.int().nullable().describe('How many tries were made up to the last that failed; null: none failed.'),
    nextTryAt: at.describe('When Stripe tries again; null: not again, or nothing is to be paid.'),
    declineCode: z.string().nullable().describe("Stripe's code for why the last failed try failed; null: not known."),
    declineReason: z.string().nullable().describe('The same in words.'),
    canceledAt: at,
    periodStart: at,
    periodEnd: at,
    disputedAt: at,
    card: cardSchema
      .nullable()
      .describe('What was charged. null: not paid by card, or not read from Stripe yet; `getPayment` reads it.'),
    receiptNumber: z
      .string()
      .nullable()
      .describe('Of its receipt: without gaps in the account. null: nothing was taken.'),
    refunds: z.array(refundWithNote),
    disputes: z.array(disputeSchema),
  })
  .meta({ id: 'Payment', description: 'A successful charge above zero, or an invoice whose payment failed.' });

const counts = z.strictObject({
  all: z.int(),
  ...intOfEach(PAYMENT_STATES),
});
export const paymentCounts = counts.extend({ over: namesOver(counts.keyof().options) }).meta({ id: 'PaymentCounts' });
