import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Effects } from '../../workflows/inbox/inbox.ts';
import { instant, textArray } from './column-types.ts';

export const INBOX_STATES = ['open', 'unmatched', 'applied', 'refused', 'failed', 'no_change', 'dead'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** How a command ended: why not, or what it did [R6.2]. */
export type InboxAnswer = { refusal: Refusal | null; effects: Effects | null };

const schema = defineEntity({
  name: 'InboxRow',
  tableName: 'inbox',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().strictNullable(),
    subjectKind: p.text().$type<'purchase'>().strictNullable(),
    subjectId: p.uuid().strictNullable(),
    seq: p.bigint('number').autoincrement(),
    class: p.text().$type<'command' | 'fact'>(),
    kind: p.text(),
    at: instant(),
    arrivedAt: instant().defaultRaw('now()'),
    state: p.text().$type<InboxState>().default('open'),
    wakes: p.integer().default(0),
    wakeAt: instant().defaultRaw(`now() + interval '1 minute'`),
    source: p.text().strictNullable(),
    externalId: p.text().strictNullable(),
    link: p.text().strictNullable(),
    /**
     * Of an event whose purchase is not known yet: the objects of Stripe that it speaks of, and the
     * purchase that its metadata names.
     */
    refs: textArray().strictNullable(),
    pointsAt: p.uuid().strictNullable(),
    input: p.json<unknown>().strictNullable(),
    actor: p.json<Actor>().strictNullable(),
    planHash: p.text().strictNullable(),
    expectedVersion: p.integer().strictNullable(),
    answer: p.json<InboxAnswer>().strictNullable(),
    doneAt: instant().strictNullable(),
    /** The job that has asked for it; null = somebody has. */
    jobId: p.uuid().strictNullable(),
    /** The span in which it arrived, as the header says it; null = it is not traced. */
    traceparent: p.text().$type<Opt<string>>().strictNullable(),
  },
});

/**
 * Something that reached a purchase: a command or a fact from Stripe. `seq` orders them; `answer`
 * is written by the record that ended it.
 */
export class InboxRow extends schema.class {}
schema.setClass(InboxRow);
