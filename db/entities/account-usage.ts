import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'AccountUsage',
  tableName: 'account_usage',
  properties: {
    accountId: p.uuid().primary(),
    /** By the account's zone and clock. */
    day: p.string().columnType('date').primary(),
    at: instant(),
    activeCustomers: p.integer(),
    /** What its plan allowed then; null = no limit. */
    activeLimit: p.integer().strictNullable(),
  },
});

/** How many active customers an account had, once a day [R17.2]. */
export class AccountUsage extends schema.class {}
schema.setClass(AccountUsage);
