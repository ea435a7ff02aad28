import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    tokenHash: p.text().primary(),
    /** By which it is listed and ended. */
    id: p.uuid().defaultRaw('gen_random_uuid()'),
    adminId: p.uuid().strictNullable(),
    contactId: p.uuid().strictNullable(),
    /** The operator's action as part of which they act in an account; null for all others. */
    operatorActionId: p.uuid().strictNullable(),
    /** As part of which the contact's pages are looked at by somebody else; null for all others. */
    previewId: p.uuid().strictNullable(),
    /** Begun by a link that was mailed to the contact. */
    byLink: p.boolean(),
    /** Begun by a passkey of the contact. */
    byPasskey: p.boolean().default(false),
    createdAt: instant(),
    expiresAt: instant(),
  },
});

/**
 * Somebody who is logged in, an admin or a contact, by real time; only the SHA-256 of the token is
 * kept [R14.1].
 */
export class Session extends schema.class {}
schema.setClass(Session);
