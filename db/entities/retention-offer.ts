import { defineEntity, p } from '@mikro-orm/core';
import type { RetentionKind } from '../../workflows/domain/retention.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'RetentionOffer',
  tableName: 'retention_offers',
  properties: {
    /** That of the timeline's entry. */
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    /** The offer that it was then. */
    offerId: p.uuid(),
    at: instant(),
    kind: p.text().$type<RetentionKind>(),
    isTaken: p.boolean(),
    promotionCodeId: p.uuid().strictNullable(),
  },
});

/** What a customer was offered before canceling, and whether they took it [R9.4]. */
export class RetentionOffer extends schema.class {}
schema.setClass(RetentionOffer);
