import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  properties: {
    codeHash: p.text().primary(),
    adminId: p.uuid(),
  },
});

/** Lets an admin in once in place of the second factor; used, it is gone. */
export class RecoveryCode extends schema.class {}
schema.setClass(RecoveryCode);
