import { defineEntity, p } from '@mikro-orm/core';
import type { Block } from '../../workflows/domain/access.ts';
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
    blocks: p.json<Block[]>(),
  },
});

/**
 * Access to one product through one purchase, as of its last record; readers compare `startsAt` and
 * `until` with their now [R5.3].
 */
export class PurchaseProduct extends schema.class {}
schema.setClass(PurchaseProduct);
