import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Product',
  tableName: 'products',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    url: p.text().strictNullable(),
    description: p.text().strictNullable(),
    imageUrl: p.text().strictNullable(),
    archivedAt: instant().strictNullable(),
    /** It comes back by itself once the quota has room [R20.3]. */
    archivedByQuota: p.boolean().default(false),
    createdAt: instant(),
  },
});

/** What access is given to; it has no price [R4.1]. */
export class Product extends schema.class {}
schema.setClass(Product);
