import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'EventCursor',
  tableName: 'event_cursors',
  properties: {
    source: p.text().primary(),
    lastEventId: p.text().strictNullable(),
    readAt: instant(),
  },
});

/** How far a source's event list was read. */
export class EventCursor extends schema.class {}
schema.setClass(EventCursor);
