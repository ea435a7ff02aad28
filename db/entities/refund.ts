import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  properties: {
    accountId: p.uuid().primary(),
    id: p.text().primary(),
    purchaseId: p.uuid(),
    paymentId: p.text(),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    status: p.text().$type<'pending' | 'succeeded' | 'failed'>(),
    commandId: p.uuid().strictNullable(),
    createdAt: instant(),
  },
});

/** Money given back, as a negative amount [R10.1]. */
export class Refund extends schema.class {}
schema.setClass(Refund);
