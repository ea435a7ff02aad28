import { defineEntity, p } from '@mikro-orm/core';
import type { ActivityKind } from '../../workflows/domain/activity.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Activity',
  tableName: 'activities',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** The id by which whoever reports it repeats it; unique in the account. */
    key: p.text(),
    contactId: p.uuid(),
    kind: p.text().$type<ActivityKind>(),
    at: instant(),
    productId: p.uuid().strictNullable(),
    lessonId: p.text().strictNullable(),
  },
});

/** Something that a person did by themselves [R17.1]. */
export class Activity extends schema.class {}
schema.setClass(Activity);
