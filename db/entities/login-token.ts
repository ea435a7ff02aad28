import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { Instant } from '../../workflows/domain/instant.ts';
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
    kind: p
      .text()
      .$type<
        'set_password' | 'login' | 'reset_password' | 'take_free' | 'confirm_admin' | 'confirm_opt_in' | 'reset_admin'
      >(),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
    /** The email that it is in; null = none is known. */
    emailId: p.uuid().$type<Opt<string>>().strictNullable(),
    createdAt: instant().defaultRaw('now()'),
    /** When it was used by whoever had it; null while it is used up by another one. */
    openedAt: instant().$type<Opt<Instant>>().strictNullable(),
    /** When it was last tried although it was used up or over. */
    refusedAt: instant().$type<Opt<Instant>>().strictNullable(),
  },
});

/**
 * A link that lets somebody in or set a password, once; only its SHA-256 is kept [R13.2, R15.1].
 */
export class LoginToken extends schema.class {}
schema.setClass(LoginToken);
