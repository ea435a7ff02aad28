import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ExpertCalendar',
  tableName: 'expert_calendars',
  properties: {
    expertId: p.uuid().primary(),
    accountId: p.uuid(),
    url: p.text(),
    fetchAt: instant(),
    fetchedAt: instant().strictNullable(),
    failedAt: instant().strictNullable(),
    failure: p.text().strictNullable(),
  },
});

/**
 * Where an expert's outside calendar is and how its last fetch went, by real time; after a failure
 * the busy times are still those of the last success [R27.2].
 */
export class ExpertCalendar extends schema.class {}
schema.setClass(ExpertCalendar);
