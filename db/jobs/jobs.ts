import type { Refusal } from '../../workflows/domain/refusals.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Broadcast } from '../entities/broadcast.ts';
import { BulkJob } from '../entities/bulk-job.ts';
import type { EmailState } from '../entities/email.ts';
import type { InboxState } from '../entities/inbox-row.ts';
import { Job } from '../entities/job.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

/** How many of a job's commands or emails there are, and how they have ended so far. */
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
      from inbox where job_id = any(${ids}::uuid[]) group by job_id
      union all
      select job_id, count(*)::int, (count(*) filter (where state in ('sent', 'delivered', 'bounced', 'complained')))::int,
        (count(*) filter (where state = 'suppressed'))::int, (count(*) filter (where state in ('failed', 'unknown')))::int
      from emails where job_id = any(${ids}::uuid[]) group by job_id`,
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

/** One of the emails of a job; `reason`: why it was not sent. */
export type EmailLine = { emailId: string; contactId: string; state: EmailState; reason: string | null };

/** The emails of a job, a thousand at the most. */
export const emailsOfJob = (em: Scoped, { id }: Job): Promise<EmailLine[]> =>
  query<EmailLine>(
    em,
    sql`select id as "emailId", recipient_id as "contactId", state, reason
      from emails where job_id = ${id} and account_id = ${accountIdOf(em)} order by state, id limit 1000`,
  );

/** What some jobs are that a workflow carries out, and which broadcasts they send, by job. */
export async function bulkOf(em: Scoped, jobs: readonly Job[]) {
  const ofJobs = { jobId: { $in: jobs.map(({ id }) => id) } };
  const found = await em.find(BulkJob, ofJobs, { disableIdentityMap: true });
  const broadcasts = await em.find(Broadcast, ofJobs, { fields: ['id', 'jobId'], disableIdentityMap: true });
  return {
    bulk: new Map(found.map((one) => [one.jobId, one])),
    broadcastIds: new Map(broadcasts.map(({ id, jobId }) => [jobId, id])),
  };
}
