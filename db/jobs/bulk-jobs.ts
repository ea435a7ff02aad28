import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { afterChange, type JobChange, type JobState } from '../../workflows/domain/job.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { BulkJob } from '../entities/bulk-job.ts';
import { Job, type BulkKind } from '../entities/job.ts';
import { toInstant } from '../instants.ts';
import { json, query, run, sql } from '../sql.ts';

/** A job as its workflow finds it. */
export type SeenJob = Pick<BulkJob, 'state' | 'startsAt' | 'total' | 'changedBy' | 'stuckReason'> & {
  id: string;
  accountId: string;
  kind: BulkKind;
  /** Its account's own. */
  now: Instant;
  /** Its account lives by a test clock, which wakes it. */
  hasClock: boolean;
  /** Its account is suspended or closed. */
  isHalted: boolean;
};

/** Who works looks every few seconds; a job that waits is looked after once an hour. */
const WAKE_AT = sql`now() + case when b.state = 'running' then interval '5 minutes' else interval '1 hour' end`;
const NOW = sql`coalesce(a.clock_step, a.clock_at, now())`;
const IS_HALTED = sql`(a.suspended_at is not null or a.closed_at is not null)`;

/**
 * Reads a job, which begins by that once its time has come; null where there is none. As long as
 * somebody looks, the sweep does not wake it.
 */
export async function lookAtJob(em: EntityManager, jobId: string): Promise<SeenJob | null> {
  const [seen] = await query<SeenJob>(
    em,
    sql`update bulk_jobs b set wake_at = case when b.ended_at is null then ${WAKE_AT} end,
       state = case when b.state = 'scheduled' and b.starts_at <= ${NOW} and not ${IS_HALTED} then 'running' else b.state end
     from jobs j, accounts a where b.job_id = ${jobId} and j.id = b.job_id and a.id = b.account_id
     returning b.job_id as id, b.account_id as "accountId", j.kind, b.state, b.starts_at as "startsAt", ${NOW} as now,
       a.clock_at is not null as "hasClock", ${IS_HALTED} as "isHalted", b.total, b.changed_by as "changedBy", b.stuck_reason as "stuckReason"`,
  );
  return seen ? { ...seen, startsAt: toInstant(seen.startsAt), now: toInstant(seen.now) } : null;
}

type NewJob = { id: string; accountId: string; kind: BulkKind; actor: Actor; startsAt: Instant; now: Instant };

/** Begins a job in the transaction of `tx`: at once, or when its time has come. */
export async function beginJob(tx: Scoped, { startsAt, now, ...job }: NewJob): Promise<void> {
  const state = startsAt > now ? ('scheduled' as const) : ('running' as const);
  await tx.insert(Job, { ...job, input: null, reason: null, createdAt: now });
  await run(
    tx,
    sql`insert into bulk_jobs (job_id, account_id, state, starts_at, wake_at)
      values (${job.id}, ${job.accountId}, ${state}, ${startsAt}, ${SOON})`,
  );
}

/** The sweep comes after whoever wakes it at once. */
const SOON = sql`now() + interval '1 minute'`;

export type Changed = { kind: 'changed'; before: JobState } | { kind: 'refused'; state: JobState };

/**
 * Pauses, resumes or cancels a job; its workflow is to be woken then. Null where there is none of
 * that kind.
 */
export async function changeJob(
  tx: Scoped,
  jobId: string,
  { change, actor }: { change: JobChange; actor: Actor },
): Promise<Changed | null> {
  const [job] = await query<{ state: JobState }>(
    tx,
    sql`select state from bulk_jobs where job_id = ${jobId} and account_id = ${accountIdOf(tx)} for no key update`,
  );
  if (!job) return null;
  const after = afterChange(job.state, change);
  if (after === null) return { kind: 'refused', state: job.state };
  await run(
    tx,
    sql`update bulk_jobs set state = ${after}, changed_by = ${json(actor)}, stuck_reason = null, wake_at = ${SOON} where job_id = ${jobId}`,
  );
  return { kind: 'changed', before: job.state };
}

/** Nothing of it is left: it is done, or canceled for good. */
export const endJob = (em: EntityManager, { id, state }: Pick<SeenJob, 'id' | 'state'>): Promise<unknown> =>
  run(
    em,
    sql`update bulk_jobs b set state = case when b.state = 'running' then 'done' else b.state end,
       ended_at = coalesce(b.ended_at, ${NOW}), stuck_reason = null, wake_at = null
     from accounts a where a.id = b.account_id and b.job_id = ${id} and b.state = ${state}`,
  );

/** Says why a job does not go on, or that it does again (null). */
export const keepStuckReason = (em: EntityManager, jobId: string, reason: string | null): Promise<unknown> =>
  run(
    em,
    sql`update bulk_jobs set stuck_reason = ${reason} where job_id = ${jobId} and stuck_reason is distinct from ${reason}`,
  );

const MOST = sql.lit(100);

/** Jobs at which nobody has looked for too long: a wake was lost, or their workflow. */
export async function sweepJobs(em: EntityManager): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`update bulk_jobs set wake_at = ${SOON} where job_id in (
       select job_id from bulk_jobs where wake_at <= now() order by wake_at limit ${MOST} for update skip locked)
     returning job_id as id`,
  );
  return rows.map(({ id }) => id);
}

/** Of a test account, those that run, or whose time has come by `at`. */
export async function jobsUntil(em: EntityManager, accountId: string, at: Instant): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select job_id as id from bulk_jobs where account_id = ${accountId} and state in ('scheduled', 'running') and starts_at <= ${at}`,
  );
  return rows.map(({ id }) => id);
}
