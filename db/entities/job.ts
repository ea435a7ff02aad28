import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

export const JOB_KINDS = ['cancel-bookings', 'close-account', 'erase-contact'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

const schema = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    kind: p.text().$type<JobKind>(),
    /** Whose bookings are canceled, and in which time; null where it is about the whole account. */
    input: p.json<{ expertId: string; startsAt: string; endsAt: string }>().strictNullable(),
    actor: p.json<Actor>(),
    reason: p.text().strictNullable(),
    createdAt: instant(),
  },
});

/**
 * What was asked for many at once. Its commands are in the inboxes from its beginning on, so it has
 * no state of its own: how far it is, they say.
 */
export class Job extends schema.class {}
schema.setClass(Job);
