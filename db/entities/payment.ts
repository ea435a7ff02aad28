import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

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
    paidAt: instant(),
    periodStart: instant().strictNullable(),
    periodEnd: instant().strictNullable(),
    disputedAt: instant().strictNullable(),
  },
});

/** A successful charge above zero; its id is that of the invoice it paid [R1.6]. */
export class Payment extends schema.class {}
schema.setClass(Payment);
