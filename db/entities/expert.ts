import { defineEntity, p } from '@mikro-orm/core';
import type { WorkingHours } from '../credits/working-hours.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Expert',
  tableName: 'experts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    name: p.text(),
    email: p.text(),
    timeZone: p.text(),
    meetingUrl: p.text(),
    workingHours: p.json<WorkingHours>(),
    bufferMinutes: p.integer(),
    noticeMinutes: p.integer(),
    maxCallsPerDay: p.integer().strictNullable(),
    linkNumber: p.integer(),
    archivedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/**
 * Who gives calls and hosts office hours [R19.5]. The link to their own page holds its number, so
 * that a new one makes every earlier one void.
 */
export class Expert extends schema.class {}
schema.setClass(Expert);
