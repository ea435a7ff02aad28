import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'QuotaUse',
  tableName: 'quota_uses',
  properties: {
    accountId: p.uuid().primary(),
    quota: p.text().primary(),
    used: p.integer(),
  },
});

/**
 * How many an account has of what a quota counts; contacts are counted elsewhere. Triggers write
 * it.
 */
export class QuotaUse extends schema.class {}
schema.setClass(QuotaUse);
