import type { EntityManager } from '@mikro-orm/postgresql';
import { EMAIL_STATES, type EmailState } from '../entities/email.ts';
import { EACH_TIME, query, sql } from '../sql.ts';

/** What has become of a broadcast's emails; `unsubscribed`: by a link in one of them. */
export type BroadcastFigures = {
  states: Record<EmailState, number>;
  suppressed: { reason: string; count: number }[];
  unsubscribed: number;
};

type Row = { jobId: string; state: EmailState; reason: string | null; count: number };

/** The figures of jobs that send broadcasts, by job. */
export async function broadcastFigures(
  em: EntityManager,
  jobIds: readonly string[],
): Promise<(jobId: string) => BroadcastFigures> {
  const rows = await query<Row>(
    em,
    sql`${EACH_TIME} select job_id as "jobId", state, case when state = 'suppressed' then coalesce(reason, 'erased') end as reason,
        count(*)::int as count
      from emails where job_id = any(${jobIds}::uuid[]) group by 1, 2, 3 order by 4 desc, 3`,
  );
  const left = await query<{ jobId: string; count: number }>(
    em,
    sql`${EACH_TIME} select e.job_id as "jobId", count(distinct c.contact_id)::int as count from consents c join emails e on e.id = c.email_id
      where e.job_id = any(${jobIds}::uuid[]) and c.kind = 'opted_out' group by 1`,
  );
  return (jobId) => {
    const ofJob = rows.filter((row) => row.jobId === jobId);
    return {
      states: statesOf(ofJob),
      suppressed: ofJob.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }])),
      unsubscribed: left.find((row) => row.jobId === jobId)?.count ?? 0,
    };
  };
}

function statesOf(rows: readonly Row[]): Record<EmailState, number> {
  const countOf = (state: EmailState) =>
    rows.filter((row) => row.state === state).reduce((sum, { count }) => sum + count, 0);
  return Object.fromEntries(EMAIL_STATES.map((state) => [state, countOf(state)])) as Record<EmailState, number>;
}
