import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactActivity',
  tableName: 'contact_activity',
  properties: {
    contactId: p.uuid().primary(),
    accountId: p.uuid(),
    lastLoginAt: instant().strictNullable(),
    lastOtherAt: instant().strictNullable(),
    /** A trigger keeps it as the contact has it. */
    isCustomer: p.boolean(),
  },
});

/**
 * The newest of what a person did. It stands beside the contact, so that what comes in often
 * touches none of the contact's indexes; Postgres computes until when they are active.
 */
export class ContactActivity extends schema.class {}
schema.setClass(ContactActivity);
