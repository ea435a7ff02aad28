import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  properties: {
    id: p.uuid().primary(),
    /** Whose it is: a contact's or an admin's. */
    contactId: p.uuid().strictNullable(),
    adminId: p.uuid().strictNullable(),
    /** What the authenticator calls it, in base64url as browsers say it. */
    credentialId: p.text(),
    /** COSE, in base64url. */
    publicKey: p.text(),
    /** How often it was used, as it says itself; many always say 0. */
    counter: p.bigint('number'),
    name: p.text(),
    createdAt: instant(),
    lastUsedAt: instant().strictNullable(),
  },
});

/** A key pair of a phone, computer or stick, by which its owner logs in (WebAuthn). */
export class Passkey extends schema.class {}
schema.setClass(Passkey);
