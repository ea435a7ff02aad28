import { defineEntity, p } from '@mikro-orm/core';
import type { AttentionReason } from '../../workflows/domain/pending.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Attention',
  tableName: 'attentions',
  properties: {
    purchaseId: p.uuid().primary(),
    id: p.text().primary(),
    accountId: p.uuid(),
    reason: p.text().$type<AttentionReason>(),
    since: instant(),
    commandId: p.text().strictNullable(),
  },
});

/** What a person has to decide about a purchase: a copy of its snapshot's list, for queues. */
export class Attention extends schema.class {}
schema.setClass(Attention);
