import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'ContactNote',
  tableName: 'contact_notes',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    /** Which purchase of theirs it is about; null = it is about them. */
    purchaseId: p.uuid().$type<Opt<string>>().strictNullable(),
    text: p.text(),
    actor: p.json<Actor>(),
    createdAt: instant(),
  },
});

/** What one of the account's people wrote about a contact; the contact does not see it. */
export class ContactNote extends schema.class {}
schema.setClass(ContactNote);
