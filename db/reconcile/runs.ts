import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import { ReconciliationRun, type RunKind } from '../entities/reconciliation-run.ts';
import { LOWEST_ID } from '../page.ts';
import { query, run, sql, type Sql } from '../sql.ts';

/** What it is about: an account's purchases, a Stripe account's lists, or all of our own data. */
type Subject = { kind: RunKind; accountId?: string; stripeAccount?: string | null; total?: number | null };

/** Begins a run, unless one of the same is going on. */
export const startRun = (em: EntityManager, { kind, ...about }: Subject, now: Instant): Promise<unknown> =>
  run(
    em,
    sql`insert into reconciliation_runs (id, kind, account_id, stripe_account, total, created_at)
      values (${uuid()}, ${kind}, ${about.accountId ?? null}, ${about.stripeAccount ?? null}, ${about.total ?? null}, ${now})
      on conflict (kind, coalesce(account_id::text, stripe_account, '')) where ended_at is null do nothing`,
  );

/** Of this kind, which accounts (or Stripe accounts) were begun since. */
export async function begunSince(em: EntityManager, kind: RunKind, since: Instant): Promise<Set<string | null>> {
  const rows = await query<{ subject: string | null }>(
    em,
    sql`select coalesce(account_id::text, stripe_account) as subject from reconciliation_runs
      where kind = ${kind} and (created_at > ${since} or ended_at is null)`,
  );
  return new Set(rows.map(({ subject }) => subject));
}

/** The run that has waited longest for its next step. */
export const runGoingOn = (em: EntityManager): Promise<ReconciliationRun | null> =>
  em.findOne(
    ReconciliationRun,
    { endedAt: null },
    { orderBy: { createdAt: 'asc', id: 'asc' }, disableIdentityMap: true },
  );

/** The latest comparison of an account's purchases. */
export const lastRunOf = (em: EntityManager, accountId: string): Promise<ReconciliationRun | null> =>
  em.findOne(
    ReconciliationRun,
    { accountId, kind: 'purchases' },
    { orderBy: { createdAt: 'desc', id: 'desc' }, disableIdentityMap: true },
  );

/** How far a run has come; `position` null = it is over. */
export const moveRun = (
  em: EntityManager,
  id: string,
  { position, checked, now }: { position: string | null; checked: number; now: Instant },
): Promise<unknown> =>
  run(
    em,
    sql`update reconciliation_runs set position = ${position}, checked = checked + ${checked},
      ended_at = case when ${position}::text is null then ${now}::timestamptz end where id = ${id} and ended_at is null`,
  );

/** What is compared: what Stripe may still charge, and what ended or was paid not long ago. */
const isCompared = (now: Instant): Sql =>
  sql`p.started_at is not null and p.origin = 'bought' and (p.is_live or p.billing_status <> 'none' and p.updated_at > ${now}::timestamptz - interval '35 days')`;

/** The next purchases of an account that are compared, in the order of their ids. */
export async function nextCompared(
  em: EntityManager,
  { accountId, after, now, limit }: { accountId: string; after: string | null; now: Instant; limit: number },
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select p.id from purchases p where p.account_id = ${accountId} and p.id > ${after ?? LOWEST_ID} and ${isCompared(now)}
      order by p.id limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/** How many purchases of an account are compared. */
export async function countCompared(em: EntityManager, accountId: string, now: Instant): Promise<number> {
  const [row] = await query<{ count: string }>(
    em,
    sql`select count(*) from purchases p where p.account_id = ${accountId} and ${isCompared(now)}`,
  );
  return Number(row?.count ?? 0);
}

/** Accounts that have sold something, with their clock. */
export const sellingAccounts = (em: EntityManager): Promise<{ id: string; clockAt: Instant | null }[]> =>
  query(
    em,
    sql`select a.id, a.clock_at as "clockAt" from accounts a
      where exists (select from purchases p where p.account_id = a.id and p.origin = 'bought' and p.started_at is not null)`,
  );
