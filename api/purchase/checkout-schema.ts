import { z } from 'zod';
import { END_REASONS } from '../../db/entities/checkout.ts';
import { id, instant } from '../http/fields.ts';
import { names } from './purchase-schema.ts';

const at = instant.nullable();

export const checkoutState = z.enum(['open', 'completed', 'ended']).meta({
  id: 'CheckoutProgress',
  description: '`completed`: it was paid, or is being paid. `ended`: it was not, and cannot be any more.',
});

export const checkoutReason = z.enum(END_REASONS).meta({
  id: 'CheckoutEndReason',
  description: [
    'Why a checkout ended unpaid.',
    '`left`: nothing was tried before its time was over, or before another checkout took its place.',
    '`declined`: what was tried last, a payment or a card, was refused.',
    '`expired`: a payment was begun, and when its time was over it was neither refused nor made.',
  ].join(' '),
});

export const checkoutRecordSchema = z
  .strictObject({
    id,
    purchaseId: id.describe('The purchase that it becomes when it is paid.'),
    ...names,
    state: checkoutState,
    reason: checkoutReason.nullable().describe('null: it has not ended unpaid, or Stripe was not asked yet.'),
    amountMinor: z.int().nullable().describe('What was to be paid at once, 0 with a trial; null: not known.'),
    currency: z.string().nullable(),
    url: z.string().nullable().describe("Stripe's page, while it is open."),
    createdAt: instant,
    expiresAt: at.describe('Until when it can be paid.'),
    endedAt: at.describe('When it ended unpaid.'),
    recoveredBy: id.nullable().describe('The purchase by which the same was bought after all, within 30 days.'),
    recoveredAt: at,
  })
  .meta({ id: 'CheckoutRecord', description: "A page of Stripe's on which an offer was to be paid." });
export type CheckoutRecord = z.output<typeof checkoutRecordSchema>;
