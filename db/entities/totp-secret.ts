import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  properties: {
    adminId: p.uuid().primary(),
    sealed: p.text(),
    /** The newest time step of which a code was used; none of it or before it is taken again. */
    lastStep: p.integer().strictNullable(),
    createdAt: instant(),
    /** Until a code has proven that the app has the secret, it counts for nothing. */
    confirmedAt: instant().strictNullable(),
  },
});

/** What an admin's app makes six digits of, every 30 seconds (RFC 6238). */
export class TotpSecret extends schema.class {}
schema.setClass(TotpSecret);
