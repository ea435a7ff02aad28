import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactActivity',
  tableName: 'contact_activity',
  properties: {
    contactId: p.uuid().primary(),
    accountId: p.uuid(),
    lastAt: instant(),
  },
});

/** When a contact last did something by itself; triggers write it. */
export class ContactActivity extends schema.class {}
schema.setClass(ContactActivity);
