import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'LoginToken',
  tableName: 'login_tokens',
  properties: {
    tokenHash: p.text().primary(),
    accountId: p.uuid(),
    /** Whose it is: a contact's or an admin's. */
    contactId: p.uuid().strictNullable(),
    adminId: p.uuid().strictNullable(),
    kind: p.text().$type<'set_password' | 'login' | 'take_free' | 'confirm_admin' | 'confirm_opt_in' | 'reset_admin'>(),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
  },
});

/**
 * A link that lets somebody in or set a password, once; only its SHA-256 is kept [R13.2, R15.1].
 */
export class LoginToken extends schema.class {}
schema.setClass(LoginToken);
