import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'PurchaseProduct',
  tableName: 'purchase_products',
  properties: {
    purchaseId: p.uuid().primary(),
    productId: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    open: p.boolean(),
    startsAt: instant().strictNullable(),
    until: instant().strictNullable(),
  },
});

/**
 * When a purchase opens a product as things stand: in [`startsAt`, `until`) while `open`; readers
 * compare both with their now [R5.3]. `open` is false where a block holds without a known end.
 */
export class PurchaseProduct extends schema.class {}
schema.setClass(PurchaseProduct);
