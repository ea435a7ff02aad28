import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

/** `returning`: one purchase could not be moved, so the others go back; then it is `refused`. */
export const MERGE_STATES = ['moving', 'returning', 'done', 'refused'] as const;
export type MergeState = (typeof MERGE_STATES)[number];

const schema = defineEntity({
  name: 'Merge',
  tableName: 'merges',
  properties: {
    /** The contact that goes. */
    contactId: p.uuid().primary(),
    /** The one that stays. */
    intoContactId: p.uuid(),
    accountId: p.uuid(),
    /** Whose commands move the purchases. */
    jobId: p.uuid(),
    state: p.text().$type<MergeState>(),
    createdAt: instant(),
    /** By real time. */
    askedAt: instant().defaultRaw('now()'),
    endedAt: instant().strictNullable(),
  },
});

/** That a contact becomes part of another one, and how far that is. */
export class Merge extends schema.class {}
schema.setClass(Merge);
