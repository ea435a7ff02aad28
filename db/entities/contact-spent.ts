import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'ContactSpent',
  tableName: 'contact_spent',
  properties: {
    contactId: p.uuid().primary(),
    currency: p.text().primary(),
    accountId: p.uuid(),
    minor: p.bigint('number'),
  },
});

/**
 * What a contact has paid in a currency, less what it got back; whoever has never paid has one row
 * without a currency. Triggers write it.
 */
export class ContactSpent extends schema.class {}
schema.setClass(ContactSpent);
