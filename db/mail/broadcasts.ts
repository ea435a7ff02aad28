import { LockMode } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Broadcast } from '../entities/broadcast.ts';
import { BulkJob } from '../entities/bulk-job.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

export const listBroadcasts = (em: Scoped, page: PageQuery): Promise<Page<Broadcast>> =>
  findPage(em, Broadcast, { order: NEWEST, where: {} }, page);

export const findBroadcast = (em: Scoped, id: string): Promise<Broadcast | null> => em.findOne(Broadcast, { id });

/** Nobody else changes it, or begins to send it, before the transaction ends. */
export const lockedBroadcast = (tx: Scoped, id: string): Promise<Broadcast | null> =>
  tx.findOne(Broadcast, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

/** The job of each that has one, by its id. */
export async function jobsOf(em: Scoped, broadcasts: readonly Broadcast[]): Promise<Map<string | null, BulkJob>> {
  const jobs = await em.find(
    BulkJob,
    { jobId: { $in: broadcasts.flatMap(({ jobId }) => jobId ?? []) } },
    { disableIdentityMap: true },
  );
  return new Map(jobs.map((job) => [job.jobId, job]));
}

/** Its job was called off before it began: it can be changed and sent again. */
export async function backToDraft(tx: Scoped, jobId: string): Promise<void> {
  await tx.nativeUpdate(Broadcast, { jobId }, { jobId: null });
}

/** The names of broadcasts whose recipients are still to be found in a segment. */
export async function broadcastsTo(em: Scoped, segmentId: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    em,
    sql`select b.name from broadcasts b left join bulk_jobs j on j.job_id = b.job_id
      where b.account_id = ${accountIdOf(em)} and b.segment = ${segmentId}
        and (b.job_id is null or j.total is null and j.state not in ('canceled', 'done'))
      order by b.created_at limit 20`,
  );
  return rows.map(({ name }) => name);
}
