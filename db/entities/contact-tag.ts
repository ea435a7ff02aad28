import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactTag',
  tableName: 'contact_tags',
  properties: {
    contactId: p.uuid().primary(),
    /** Lower-cased. */
    tag: p.text().primary(),
    accountId: p.uuid(),
    createdAt: instant(),
  },
});

/** A word by which the account's people find contacts again. */
export class ContactTag extends schema.class {}
schema.setClass(ContactTag);
