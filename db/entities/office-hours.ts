import { defineEntity, p } from '@mikro-orm/core';
import type { Weekday } from '../credits/working-hours.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'OfficeHours',
  tableName: 'office_hours',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    expertId: p.uuid(),
    weekday: p.text().$type<Weekday>(),
    from: p.text().fieldName('starts'),
    to: p.text().fieldName('ends'),
    timeZone: p.text(),
    seats: p.integer(),
    meetingUrl: p.text().strictNullable(),
    archivedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/**
 * A block of office hours, each week by the clock of its zone [R19.6]; one without a meeting link
 * has its host's.
 */
export class OfficeHours extends schema.class {}
schema.setClass(OfficeHours);
