import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'LoginToken',
  tableName: 'login_tokens',
  properties: {
    tokenHash: p.text().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    kind: p.text().$type<'set_password' | 'login'>(),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
  },
});

/**
 * A link that logs a contact in or lets them set a password, once; only its SHA-256 is kept
 * [R13.2].
 */
export class LoginToken extends schema.class {}
schema.setClass(LoginToken);
