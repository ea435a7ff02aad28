import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'InboxBody',
  tableName: 'inbox_bodies',
  properties: {
    inboxId: p.uuid().primary(),
    arrivedAt: instant().primary().defaultRaw('now()'),
    body: p.blob(),
  },
});

/** An event's bytes as they came; partitioned by month. */
export class InboxBody extends schema.class {}
schema.setClass(InboxBody);
