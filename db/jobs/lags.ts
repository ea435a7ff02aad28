import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import { query, sql, type Sql } from '../sql.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * What can fall behind, and by how many seconds it may before somebody should look. The alert rules
 * of docs/operate/ hold to the same.
 */
export const LAG_LIMITS = {
  inbox: 5 * MINUTE,
  wakes: 2 * MINUTE,
  timers: 2 * MINUTE,
  mail: 15 * MINUTE,
  stripeEvents: 30 * MINUTE,
  reconciliation: 36 * HOUR,
  attentions: 24 * HOUR,
} as const;
export type LagName = keyof typeof LAG_LIMITS;
export const LAG_NAMES = Object.keys(LAG_LIMITS) as LagName[];

/** How late a job of the workers may begin. */
export const JOB_LIMIT = 5 * MINUTE;

/**
 * `waiting`: how many do, null = not counted; `since`: since when the first of them does, null =
 * none does; `seconds`: that long ago.
 */
export type Lag = {
  name: LagName;
  waiting: number | null;
  since: Instant | null;
  seconds: number;
  limitSeconds: number;
  isLate: boolean;
};

/** `dueAt`: when it is begun next, or given to another worker where one is at it. */
export type JobLag = { name: string; dueAt: Instant; seconds: number; isLate: boolean };

export type Lags = { lags: Lag[]; jobs: JobLag[] };

type Row = { name: LagName; waiting: string | null; since: Date | null; seconds: string };

/**
 * By real time: a test account's purchases and emails are due by its own clock, and are no lag.
 * Everything here is found by an index of what is open.
 */
const LAGGING = sql`
  select 'inbox' as name, count(*) as waiting, min(arrived_at) as since from inbox where state = 'open'
  union all select 'wakes', count(*), min(wake_at) from (
    select wake_at from inbox where state in ('open', 'unmatched') and wake_at <= now()
    union all select wake_at from emails where state = 'queued' and wake_at <= now() and job_id is null
    union all select wake_at from bulk_jobs where wake_at <= now()) to_wake
  union all select 'timers', count(*), min(p.own_due_at) from purchases p join accounts a on a.id = p.account_id
    where p.own_due_at <= now() and a.clock_at is null and not p.has_pending and not p.needs_attention
  union all select 'mail', count(*), min(e.due_at) from emails e join accounts a on a.id = e.account_id
    where e.state = 'queued' and e.due_at <= now() and a.clock_at is null
  union all select 'stripeEvents', null, min(c.read_at) from event_cursors c where not exists (
    select from stripe_connections s where s.stripe_account = c.source and s.disconnected_at is not null)
  union all select 'reconciliation', (select count(*) from differences where ended_at is null and state <> 'suspected'), min(coalesce(
      (select max(r.created_at) from reconciliation_runs r
        where r.account_id = a.id and r.kind = 'purchases' and r.ended_at is not null), a.created_at))
    from accounts a where exists (
      select from purchases p where p.account_id = a.id and p.origin = 'bought' and p.started_at is not null)
  union all select 'attentions', count(*), min(t.since) from attentions t join accounts a on a.id = t.account_id where a.clock_at is null`;

const NOW = sql`clock_timestamp()`;
const secondsSince = (since: Sql): Sql => sql`greatest(0, coalesce(extract(epoch from ${NOW} - ${since}), 0))`;

/** How far behind everything is that the workers do by themselves, over all accounts. */
export async function readLags(em: EntityManager): Promise<Lags> {
  const rows = await query<Row>(em, sql`select *, ${secondsSince(sql`since`)} as seconds from (${LAGGING}) lagging`);
  const jobs = await query<{ name: string; due_at: Date; seconds: string }>(
    em,
    sql`select name, due_at, ${secondsSince(sql`due_at`)} as seconds from worker_jobs order by name`,
  );
  return { lags: rows.map(toLag), jobs: jobs.map(toJobLag) };
}

function toLag({ name, waiting, since, seconds }: Row): Lag {
  const limitSeconds = LAG_LIMITS[name];
  const isLate = Number(seconds) > limitSeconds;
  const count = waiting === null ? null : Number(waiting);
  return { name, waiting: count, since: toInstantOrNull(since), seconds: Number(seconds), limitSeconds, isLate };
}

const toJobLag = ({ name, due_at, seconds }: { name: string; due_at: Date; seconds: string }): JobLag => ({
  name,
  dueAt: toInstant(due_at),
  seconds: Number(seconds),
  isLate: Number(seconds) > JOB_LIMIT,
});
