import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'EventType',
  tableName: 'event_types',
  properties: {
    kind: p.text().primary(),
    deliveredAt: instant().strictNullable(),
    missedAt: instant().strictNullable(),
  },
});

/**
 * When a kind of event last came by webhook, about to the minute, and when one was last found that
 * no webhook had brought.
 */
export class EventType extends schema.class {}
schema.setClass(EventType);
