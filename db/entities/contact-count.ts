import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'ContactCount',
  tableName: 'contact_counts',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    accountId: p.uuid(),
    contacts: p.integer(),
    customers: p.integer(),
    subscribed: p.integer(),
  },
});

/**
 * A share of how many contacts an account has in each default segment; all of its rows are added
 * up. Triggers write them.
 */
export class ContactCount extends schema.class {}
schema.setClass(ContactCount);
