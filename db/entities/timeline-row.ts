import { defineEntity, p } from '@mikro-orm/core';
import type { EntryData, EntryType, TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'TimelineRow',
  tableName: 'timeline',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    revision: p.integer(),
    position: p.integer(),
    type: p.text().$type<EntryType>(),
    at: instant(),
    actor: p.json<Actor>(),
    commandId: p.uuid().strictNullable(),
    data: p.json<EntryData>(),
    change: p.json<TimelineEntry['change']>().strictNullable(),
  },
});

/** One line of a purchase's timeline [R23.1]; `revision` and `position` order it. */
export class TimelineRow extends schema.class {}
schema.setClass(TimelineRow);
