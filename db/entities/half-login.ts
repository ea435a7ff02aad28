import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'HalfLogin',
  tableName: 'half_logins',
  properties: {
    tokenHash: p.text().primary(),
    adminId: p.uuid(),
    expiresAt: instant(),
  },
});

/** An admin whose password was right, and whose second factor is waited for: no session yet. */
export class HalfLogin extends schema.class {}
schema.setClass(HalfLogin);
