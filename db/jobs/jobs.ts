import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { InboxState } from '../entities/inbox-row.ts';
import { Job } from '../entities/job.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

/** How many of a job's commands there are, and how they have ended so far. */
export type Progress = { total: number; applied: number; refused: number; failed: number };

/** One of a job's commands; `refusal`: why it was not carried out. */
export type Line = {
  commandId: string;
  purchaseId: string;
  name: CommandName;
  state: InboxState;
  refusal: Refusal | null;
};

export const listJobs = (em: Scoped, page: PageQuery): Promise<Page<Job>> =>
  findPage(em, Job, { order: NEWEST, where: {} }, page);

export const findJob = (em: Scoped, id: string): Promise<Job | null> => em.findOne(Job, { id });

const NOTHING: Progress = { total: 0, applied: 0, refused: 0, failed: 0 };

/** How far some jobs are, by job. */
export async function progressOf(em: Scoped, jobs: readonly Job[]): Promise<(job: Job) => Progress> {
  const ids = jobs.map(({ id }) => id);
  const rows = await query<Progress & { id: string }>(
    em,
    sql`select job_id as id, count(*)::int as total, (count(*) filter (where state in ('applied', 'no_change')))::int as applied,
        (count(*) filter (where state = 'refused'))::int as refused, (count(*) filter (where state in ('failed', 'dead')))::int as failed
      from inbox where job_id = any(${ids}::uuid[]) group by job_id`,
  );
  const found = new Map(rows.map(({ id, ...progress }) => [id, progress]));
  return ({ id }) => found.get(id) ?? NOTHING;
}

/** The commands of a job in the order in which they were given, a thousand at the most. */
export const linesOfJob = (em: Scoped, { id }: Job): Promise<Line[]> =>
  query<Line>(
    em,
    sql`select id as "commandId", subject_id as "purchaseId", kind as name, state, answer -> 'refusal' as refusal
      from inbox where job_id = ${id} and account_id = ${accountIdOf(em)} order by seq limit 1000`,
  );
