import { defineEntity, p } from '@mikro-orm/core';
import type { FieldKind } from '../../workflows/domain/contact-field.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactField',
  tableName: 'contact_fields',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** How programs name it; unique within the account. */
    key: p.text(),
    label: p.text(),
    kind: p.text().$type<FieldKind>(),
    createdAt: instant(),
  },
});

/** Something that an account keeps of its contacts, as it defines it. */
export class ContactField extends schema.class {}
schema.setClass(ContactField);
