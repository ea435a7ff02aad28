import { defineEntity, p } from '@mikro-orm/core';
import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Effects } from '../../workflows/inbox.ts';
import { instant } from './column-types.ts';

export const INBOX_STATES = ['open', 'unmatched', 'applied', 'refused', 'failed', 'no_change', 'dead'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** How a command ended: why not, or what it did [R6.2]. */
export type InboxAnswer = { refusal: Refusal | null; effects: Effects | null };

const schema = defineEntity({
  name: 'InboxRow',
  tableName: 'inbox',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().nullable(),
    subjectKind: p.text().$type<'purchase'>().nullable(),
    subjectId: p.uuid().nullable(),
    seq: p.bigint('number').autoincrement(),
    class: p.text().$type<'command' | 'fact'>(),
    kind: p.text(),
    at: instant(),
    arrivedAt: instant().defaultRaw('now()'),
    state: p.text().$type<InboxState>().default('open'),
    pokes: p.integer().default(0),
    pokeAt: instant().defaultRaw(`now() + interval '1 minute'`),
    source: p.text().nullable(),
    externalId: p.text().nullable(),
    link: p.text().nullable(),
    input: p.json<unknown>().nullable(),
    actor: p.json<Actor>().nullable(),
    planHash: p.text().nullable(),
    expectedVersion: p.integer().nullable(),
    answer: p.json<InboxAnswer>().nullable(),
    doneAt: instant().nullable(),
  },
});

/** Something that reached a purchase: a command or a fact from Stripe. `seq` orders them; `answer` is written by the record that ended it. */
export class InboxRow extends schema.class {}
schema.setClass(InboxRow);
