import { defineEntity, p } from '@mikro-orm/core';
import type { Bill, DocumentKind, Seller } from '../../workflows/domain/receipt-figures.ts';

const schema = defineEntity({
  name: 'Receipt',
  tableName: 'receipts',
  properties: {
    accountId: p.uuid().primary(),
    kind: p.text().$type<DocumentKind>().primary(),
    number: p.bigint('number').primary(),
    paymentId: p.text(),
    /** Of a credit note: the refund that it is of. */
    refundId: p.text().strictNullable(),
    purchaseId: p.uuid(),
    /** Who sold when it was numbered; null = only a name was known, so as of its first reading. */
    seller: p.json<Seller>().strictNullable(),
    /** What Stripe's invoice says, read once; null = nobody has opened it yet. */
    facts: p.json<Bill>().strictNullable(),
    /** As it was first given out; it is never made anew, unless its person is erased. */
    pdf: p.blob().strictNullable(),
  },
});

/** The receipt of a payment, or the credit note of a refund; a trigger numbers them. */
export class Receipt extends schema.class {}
schema.setClass(Receipt);
