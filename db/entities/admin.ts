import { defineEntity, p } from '@mikro-orm/core';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Admin',
  tableName: 'admins',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().strictNullable(),
    email: p.text(),
    role: p.text().$type<Role>(),
    passwordHash: p.text().strictNullable(),
    confirmedAt: instant().strictNullable(),
    /** null = the account was made with them, or before 0.2. */
    invitedBy: p.json<Actor>().strictNullable(),
    /** From then on they are an admin no more; what they did keeps their name. */
    removedAt: instant().strictNullable(),
    createdAt: instant(),
  },
});

/** Somebody who runs an account, or, without one, an operator of the platform [R2]. */
export class Admin extends schema.class {}
schema.setClass(Admin);
