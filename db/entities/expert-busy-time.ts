import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ExpertBusyTime',
  tableName: 'expert_busy_times',
  properties: {
    expertId: p.uuid().primary(),
    accountId: p.uuid(),
    startsAt: instant().primary(),
    endsAt: instant(),
  },
});

/** When an expert's outside calendar is busy, `[startsAt, endsAt)`; no two of an expert overlap. */
export class ExpertBusyTime extends schema.class {}
schema.setClass(ExpertBusyTime);
