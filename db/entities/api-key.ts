import { defineEntity, p } from '@mikro-orm/core';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().strictNullable(),
    role: p.text().$type<Role>(),
    name: p.text(),
    keyHash: p.text(),
    createdAt: instant(),
    revokedAt: instant().strictNullable(),
    prefix: p.text().strictNullable(),
    lastFour: p.text().strictNullable(),
    createdBy: p.json<Actor>().strictNullable(),
    lastUsedAt: instant().strictNullable(),
    expiresAt: instant().strictNullable(),
  },
});

/** A key with a role; only its SHA-256 is kept. Without an account it is an operator's. */
export class ApiKey extends schema.class {}
schema.setClass(ApiKey);
