import { defineEntity, p } from '@mikro-orm/core';
import type { LimitLevel, SoftQuota } from '../../workflows/domain/limits.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'LimitNotice',
  tableName: 'limit_notices',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    quota: p.text().$type<SoftQuota>(),
    level: p.text().$type<LimitLevel>(),
    /** As it was then. */
    used: p.integer(),
    quotaLimit: p.integer(),
    createdAt: instant(),
    /** When the use fell below again; from then on another crossing is told of. */
    endedAt: instant().strictNullable(),
    /** When an operator had spoken with the owner. */
    doneAt: instant().strictNullable(),
    doneBy: p.json<Actor>().strictNullable(),
    note: p.text().strictNullable(),
  },
});

/**
 * A crossing of 80 % of a quota that refuses nothing, or of all of it [R17.3]; `over` is a task for
 * operators too.
 */
export class LimitNotice extends schema.class {}
schema.setClass(LimitNotice);
