import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Dispute } from '../../workflows/domain/payments.ts';
import { instant } from './column-types.ts';

export const PAYMENT_STATES = [
  'succeeded',
  'partially_refunded',
  'refunded',
  'disputed',
  'failed',
  'requires_action',
  'canceled',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

const schema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  properties: {
    accountId: p.uuid().primary(),
    id: p.text().primary(),
    purchaseId: p.uuid(),
    contactId: p.uuid(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    refundedMinor: p.bigint('number'),
    /** null = not paid yet, or never. */
    paidAt: instant().strictNullable(),
    periodStart: instant().strictNullable(),
    periodEnd: instant().strictNullable(),
    disputedAt: instant().strictNullable(),
    disputes: p.json<Dispute[]>().default('[]'),
    /** When the first try failed; null = none did. What follows is as of the last try. */
    failedAt: instant().strictNullable(),
    attempts: p.integer().strictNullable(),
    nextTryAt: instant().strictNullable(),
    declineCode: p.text().strictNullable(),
    needsConfirmation: p.boolean().default(false),
    /** Since when it is not collected any more, although nobody paid it. */
    canceledAt: instant().strictNullable(),
    /** The card that was charged; null = not by card, or not read from Stripe yet [R12.2]. */
    cardBrand: p.text().strictNullable(),
    cardLast4: p.text().strictNullable(),
    isCardRead: p.boolean().default(false),
    /** Stripe's number of the invoice, read with the card. */
    receiptNumber: p.text().strictNullable(),
    /** `paidAt`, or `failedAt` of what is not paid; Postgres computes this and the next. */
    at: instant().$type<Opt<Instant>>().generated('stored'),
    state: p.text().$type<Opt<PaymentState>>().generated('stored'),
  },
});

/**
 * A successful charge above zero, or an invoice whose payment failed; its id is that of the invoice
 * [R1.6].
 */
export class Payment extends schema.class {}
schema.setClass(Payment);
