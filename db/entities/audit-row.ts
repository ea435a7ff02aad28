import { defineEntity, p } from '@mikro-orm/core';
import type { Fields } from '../../workflows/domain/changed-fields.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'AuditRow',
  tableName: 'audit_log',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** By real time. */
    at: instant(),
    kind: p.text(),
    /** null: nobody knows who it was, as of a login that was refused. */
    actor: p.json<Actor>().strictNullable(),
    /** The address from which it was asked. */
    ip: p.text().strictNullable(),
    requestId: p.uuid().strictNullable(),
    /** What `kind` begins with. */
    subjectKind: p.text(),
    subjectId: p.text().strictNullable(),
    commandId: p.uuid().strictNullable(),
    /** What was changed, as it was and as it became; null where nothing was there, or is told. */
    before: p.json<Fields>().strictNullable(),
    after: p.json<Fields>().strictNullable(),
    /** When what was personal in it was erased. */
    forgottenAt: instant().strictNullable(),
  },
});

/** One thing that somebody did in an account; never changed, but where a person is erased. */
export class AuditRow extends schema.class {}
schema.setClass(AuditRow);
