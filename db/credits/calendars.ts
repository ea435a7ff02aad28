import type { EntityManager } from '@mikro-orm/postgresql';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { ExpertBusyTime } from '../entities/expert-busy-time.ts';
import { ExpertCalendar } from '../entities/expert-calendar.ts';
import { toInstant } from '../instants.ts';
import { hastenJob } from '../jobs/worker-jobs.ts';
import { json, query, run, sql } from '../sql.ts';
import type { Range } from './zone-offsets.ts';

/** Where an expert's calendar is from now on; null: nowhere. What another one said is forgotten. */
export async function placeCalendar(em: Scoped, expertId: string, url: string | null): Promise<void> {
  const known = await em.findOne(ExpertCalendar, { expertId });
  if ((known?.url ?? null) === url) return;
  await em.nativeDelete(ExpertBusyTime, { expertId });
  await em.nativeDelete(ExpertCalendar, { expertId });
  em.clear();
  if (url === null) return;
  await run(
    em,
    sql`insert into expert_calendars (expert_id, account_id, url, fetch_at)
      values (${expertId}, ${accountIdOf(em)}, ${url}, now())`,
  );
  await hastenJob(em, READ_CALENDARS);
}

/** Has the calendar fetched as soon as a worker is free. */
export async function fetchSoon(em: Scoped, expertId: string): Promise<boolean> {
  const due = await run(
    em,
    sql`update expert_calendars set fetch_at = now() where expert_id = ${expertId} and account_id = ${accountIdOf(em)}`,
  );
  await hastenJob(em, READ_CALENDARS);
  return due > 0;
}

/** The worker's job that fetches what is due. */
export const READ_CALENDARS = 'read-calendars';

/** A calendar that is due, the zone of whose it is, and their account's now. */
export type DueCalendar = { expertId: string; accountId: string; url: string; timeZone: string; now: Instant };

/** Those that have waited longest; each is due again a quarter of an hour after it was taken. */
export async function takeDueCalendars(em: EntityManager, most: number): Promise<DueCalendar[]> {
  const rows = await query<Omit<DueCalendar, 'now'> & { now: string | Date }>(
    em,
    sql`update expert_calendars c set fetch_at = now() + interval '15 minutes'
      from experts e join accounts a on a.id = e.account_id
      where e.id = c.expert_id and c.expert_id in (
        select expert_id from expert_calendars where fetch_at <= now() order by fetch_at limit ${most} for update skip locked)
      returning c.expert_id as "expertId", c.account_id as "accountId", c.url, e.time_zone as "timeZone",
        coalesce(a.clock_at, now()) as now`,
  );
  return rows.map((row) => ({ ...row, now: toInstant(row.now) }));
}

/** In place of what was kept before, unless the address is another one meanwhile. */
export async function keepBusyTimes(em: EntityManager, calendar: DueCalendar, busy: readonly Range[]): Promise<void> {
  const { expertId, accountId, url } = calendar;
  const rows = busy.map(({ startMs, endMs }) => ({ starts_at: fromMs(startMs), ends_at: fromMs(endMs) }));
  await em.transactional(async (tx) => {
    const kept = await run(
      tx,
      sql`update expert_calendars set fetched_at = now(), failed_at = null, failure = null
        where expert_id = ${expertId} and url = ${url}`,
    );
    if (kept === 0) return;
    await run(tx, sql`delete from expert_busy_times where expert_id = ${expertId}`);
    await run(
      tx,
      sql`insert into expert_busy_times (expert_id, account_id, starts_at, ends_at)
        select ${expertId}, ${accountId}, starts_at, ends_at
        from jsonb_to_recordset(${json(rows)}) as b (starts_at timestamptz, ends_at timestamptz)`,
    );
  });
}

/** What was kept before stays. */
export const noteCalendarFailure = (em: EntityManager, { expertId, url }: DueCalendar, failure: string) =>
  run(
    em,
    sql`update expert_calendars set failed_at = now(), failure = ${failure}
      where expert_id = ${expertId} and url = ${url}`,
  );
