import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'SuppressionLift',
  tableName: 'suppression_lifts',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** Null once the person is erased. */
    reason: p.text().strictNullable(),
    actor: p.json<Actor>(),
    createdAt: instant(),
  },
});

/** An owner has had a contact's address taken off the provider's suppression list. */
export class SuppressionLift extends schema.class {}
schema.setClass(SuppressionLift);
