import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

/** The lists of the admins' pages, of which views can be kept. */
export const LIST_NAMES = [
  'accounts',
  'broadcasts',
  'calls',
  'cancellation-requests',
  'checkouts',
  'commands',
  'contacts',
  'differences',
  'disputes',
  'emails',
  'experts',
  'forms',
  'offers',
  'office-hours',
  'payments',
  'products',
  'promotion-codes',
  'purchases',
  'suppressions',
  'webhooks',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

const schema = defineEntity({
  name: 'ListView',
  tableName: 'list_views',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** Whose it is: an admin, an operator or a key; null = everybody's in the account. */
    ownerId: p.text().strictNullable(),
    list: p.text().$type<ListName>(),
    /** Unique among those of the list that its owner sees as theirs, without regard to case. */
    name: p.text(),
    /** Filter, order and columns, as the address of the list says them. */
    query: p.json<Record<string, string>>(),
    createdAt: instant(),
  },
});

/** A name for what a list shows. */
export class ListView extends schema.class {}
schema.setClass(ListView);
