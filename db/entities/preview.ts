import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Preview',
  tableName: 'previews',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    contactId: p.uuid(),
    actor: p.json<Actor>(),
    /** The account's instant. */
    createdAt: instant(),
    /** By real time. */
    endsAt: instant(),
  },
});

/** Somebody of an account looked at a customer's pages as that customer [R16.1]. */
export class Preview extends schema.class {}
schema.setClass(Preview);
