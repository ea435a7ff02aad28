import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenges',
  properties: {
    challenge: p.text().primary(),
    /** Who adds a passkey; both null = for a login of whoever has one. */
    contactId: p.uuid().strictNullable(),
    adminId: p.uuid().strictNullable(),
    expiresAt: instant(),
  },
});

/** What a passkey signs, once, within minutes. */
export class PasskeyChallenge extends schema.class {}
schema.setClass(PasskeyChallenge);
