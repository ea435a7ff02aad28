import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ExpertTimeOff',
  tableName: 'expert_time_off',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    expertId: p.uuid(),
    startsAt: instant(),
    endsAt: instant(),
    createdAt: instant(),
  },
});

/** When an expert is away, `[startsAt, endsAt)`. */
export class ExpertTimeOff extends schema.class {}
schema.setClass(ExpertTimeOff);
