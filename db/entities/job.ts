import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

/** Those that a `bulkJob` workflow carries out; of the others the commands are in the inboxes. */
export const BULK_KINDS = ['send-broadcast'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export const JOB_KINDS = [
  'cancel-bookings',
  'close-account',
  'erase-contact',
  'merge-contacts',
  ...BULK_KINDS,
] as const;
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
 * What was asked for many at once. Where its commands are in the inboxes from its beginning on, it
 * has no state: how far it is, they say. Others are bulk jobs.
 */
export class Job extends schema.class {}
schema.setClass(Job);
