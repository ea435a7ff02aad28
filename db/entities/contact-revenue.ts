import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactRevenue',
  tableName: 'contact_revenue',
  properties: {
    contactId: p.uuid().primary(),
    currency: p.text().primary(),
    accountId: p.uuid(),
    minor: p.bigint('number'),
    movements: p.integer(),
    firstAt: instant(),
  },
});

/** What a contact brings a month in a currency; movements of revenue write it. */
export class ContactRevenue extends schema.class {}
schema.setClass(ContactRevenue);
