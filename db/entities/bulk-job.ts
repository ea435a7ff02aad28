import { defineEntity, p } from '@mikro-orm/core';
import type { JobState } from '../../workflows/domain/job.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'BulkJob',
  tableName: 'bulk_jobs',
  properties: {
    jobId: p.uuid().primary(),
    accountId: p.uuid(),
    state: p.text().$type<JobState>(),
    startsAt: instant(),
    endedAt: instant().strictNullable(),
    /** Who paused, resumed or canceled it last. */
    changedBy: p.json<Actor>().strictNullable(),
    /** How many lines it has; null until all of them are rows. */
    total: p.integer().strictNullable(),
    /** The last that its lines were made of, in the order of ids. */
    position: p.uuid().strictNullable(),
    /** Why it does not go on at the moment: a code, with what the provider calls it. */
    stuckReason: p.text().strictNullable(),
    /** By real time: when its workflow is woken unless it has looked before; null = it is over. */
    wakeAt: instant().strictNullable(),
  },
});

/** How far a job is that a workflow carries out; the workflow only looks here [R21.2]. */
export class BulkJob extends schema.class {}
schema.setClass(BulkJob);
