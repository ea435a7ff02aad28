import { defineEntity, p } from '@mikro-orm/core';
import type { SecurityChangeKind } from '../../workflows/domain/security-change.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'SecurityChange',
  tableName: 'security_changes',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().strictNullable(),
    adminId: p.uuid(),
    kind: p.text().$type<SecurityChangeKind>(),
    passkeyName: p.text().strictNullable(),
    reason: p.text().strictNullable(),
    actor: p.json<Actor>(),
    createdAt: instant(),
  },
});

/** What has changed in how an admin logs in, by real time, and by whom [R2.3]. */
export class SecurityChange extends schema.class {}
schema.setClass(SecurityChange);
