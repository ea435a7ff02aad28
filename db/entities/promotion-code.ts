import { defineEntity, p } from '@mikro-orm/core';
import type { Discount } from '../../workflows/domain/discount.ts';
import { instant, uuidArray } from './column-types.ts';

const schema = defineEntity({
  name: 'PromotionCode',
  tableName: 'promotion_codes',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    code: p.text(),
    discount: p.json<Discount>(),
    offerIds: uuidArray().strictNullable(),
    endsAt: instant().strictNullable(),
    maxUses: p.integer().strictNullable(),
    oncePerContact: p.boolean(),
    firstPurchaseOnly: p.boolean(),
    endedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/** What lessens a purchase [R4.6]. */
export class PromotionCode extends schema.class {}
schema.setClass(PromotionCode);
