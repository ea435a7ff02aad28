import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'ContactFieldValue',
  tableName: 'contact_field_values',
  properties: {
    contactId: p.uuid().primary(),
    fieldId: p.uuid().primary(),
    /** As text, without regard to case. */
    folded: p.text(),
    /** Of a field of numbers; null of others. */
    number: p.decimal().columnType('numeric').strictNullable(),
  },
});

/** What a contact has in a field, as segments look for it; triggers write it. */
export class ContactFieldValue extends schema.class {}
schema.setClass(ContactFieldValue);
