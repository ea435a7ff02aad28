import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, scopeTo, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Broadcast } from '../entities/broadcast.ts';
import type { SeenJob } from '../jobs/bulk-jobs.ts';
import { LOWEST_ID, sqlOf } from '../page.ts';
import { conditionOf } from '../people/segments.ts';
import { EACH_TIME, json, query, run, sql, type Sql } from '../sql.ts';

/** Why a contact `r` does not get a broadcast; null = they do [R3.4]. */
export const WHY_NOT = sql`
  case when r.erased_at is not null or exists (select from erasures x where x.contact_id = r.id and x.state <> 'came_back')
    then 'erased' when r.marketing_status = 'subscribed' then null
    else coalesce(r.unsubscribed_reason, r.marketing_status) end`;

/** How many a segment has, and who of them would get a broadcast now. */
export type Audience = { inSegment: number; getIt: number; suppressed: { reason: string; count: number }[] };

export async function audienceOf(em: Scoped, segment: string, now: Instant): Promise<Audience | null> {
  const members = await conditionOf(em, segment, now);
  if (members === null) return null;
  const rows = await query<{ reason: string | null; count: number }>(
    em,
    sql`${EACH_TIME} select ${WHY_NOT} as reason, count(*)::int as count from contacts r
      where r.account_id = ${accountIdOf(em)} and ${sqlOf(members)} group by 1 order by 2 desc, 1`,
  );
  const suppressed = rows.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }]));
  const getIt = rows.find(({ reason }) => reason === null)?.count ?? 0;
  return { inSegment: rows.reduce((sum, { count }) => sum + count, 0), getIt, suppressed };
}

/** So many contacts become recipients in one statement. */
const AT_ONCE = 2_000;

/**
 * Makes emails of the next contacts of a broadcast's segment, each once, however often this is
 * asked; those that are not to get it have ended already, with the reason. False once there are no
 * more: then the job knows how many it has.
 */
export function fixRecipients(em: EntityManager, { id: jobId, accountId, now }: SeenJob): Promise<boolean> {
  return em.transactional(async (unscoped) => {
    const tx = scopeTo(unscoped, accountId);
    const [job] = await query<{ position: string | null; isFixed: boolean }>(
      tx,
      sql`select position, total is not null as "isFixed" from bulk_jobs where job_id = ${jobId} for no key update`,
    );
    const broadcast = await tx.findOne(Broadcast, { jobId });
    if (!job || job.isFixed || !broadcast) return false;
    const members = await conditionOf(tx, broadcast.segment, now);
    const next = members && insertNext(broadcast, sqlOf(members), job.position);
    const [fixed] = next ? await query<{ last: string | null }>(tx, next) : [];
    if (fixed?.last) await run(tx, sql`update bulk_jobs set position = ${fixed.last} where job_id = ${jobId}`);
    else await run(tx, sql`update bulk_jobs set total = (${countOfJob(jobId)}) where job_id = ${jobId}`);
    return Boolean(fixed?.last);
  });
}

const countOfJob = (jobId: string): Sql => sql`select count(*)::int from emails where job_id = ${jobId}`;

/** No sweep wakes them: their job sends them. */
function insertNext({ id, accountId, jobId, buttonUrl }: Broadcast, members: Sql, after: string | null): Sql {
  const data = { broadcastId: id, ...(buttonUrl !== null && { buttonUrl }) };
  return sql`${EACH_TIME}
    with next as (
      select r.id, ${WHY_NOT} as reason from contacts r
      where r.account_id = ${accountId} and r.id > ${after ?? LOWEST_ID}::uuid and ${members}
      order by r.id limit ${sql.lit(AT_ONCE)}),
    fixed as (
      insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, is_marketing,
        due_at, state, reason, job_id, wake_at)
      select gen_random_uuid(), ${accountId}, 'broadcast', ${`broadcast:${id}`}, 0, 'contact', n.id, ${json(data)}, false, true,
        coalesce(a.clock_step, a.clock_at, now()), case when n.reason is null then 'queued' else 'suppressed' end, n.reason, ${jobId}, '9999-12-31'
      from next n join accounts a on a.id = ${accountId}
      on conflict (account_id, kind, record_key, recipient_id) do nothing)
    select max(id::text) as last from next`;
}

/** How many of a job's emails wait still, and of how many it is not known what became of them. */
export async function openEmails(em: EntityManager, jobId: string): Promise<{ open: number; underWay: number }> {
  const [counted] = await query<{ open: number; underWay: number }>(
    em,
    sql`select
      (select count(*)::int from emails where job_id = ${jobId} and state = 'queued') as open,
      (select count(*)::int from emails where job_id = ${jobId} and state = 'queued' and batch_id is not null
        and first_tried_at is not null) as "underWay"`,
  );
  return counted ?? { open: 0, underWay: 0 };
}

/** Ends some of what a canceled job has not begun; what the provider may have is left alone. */
export async function withdrawEmails(em: EntityManager, jobId: string): Promise<void> {
  await run(
    em,
    sql`update emails set state = 'suppressed', reason = 'canceled', subject = null, html = null, text = null where id in (
       select id from emails where job_id = ${jobId} and state = 'queued' and first_tried_at is null limit ${sql.lit(AT_ONCE)})`,
  );
}
