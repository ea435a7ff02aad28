import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstant } from '../instants.ts';
import { query, run, sql } from '../sql.ts';
import { asCalled } from '../money/stripe-account.ts';
import { CLOCKS_AT_STRIPE, type ClockAtStripe } from './clocks-at-stripe.ts';

/**
 * The next instant at which a moving clock stops to let things happen; `isLast` = it is where the
 * move ends. `stripeAccounts`: those on which its purchases may be; null = the platform's own.
 */
export type ClockStep = { at: Instant; from: Instant; isLast: boolean; stripeAccounts: (string | null)[] };

/** The earliest due instant after the clock, or the target; null where the clock is not moving. */
export async function nextClockStep(em: EntityManager, accountId: string): Promise<ClockStep | null> {
  type Found = {
    clock_at: Date;
    target: Date;
    step: Date | null;
    next: Date | null;
    stripe_accounts: (string | null)[];
  };
  const [found] = await query<Found>(em, nextStep(accountId));
  if (!found) return null;
  const target = toInstant(found.target);
  const next = found.step ?? found.next;
  const at = next && toInstant(next) < target ? toInstant(next) : target;
  return { at, from: toInstant(found.clock_at), isLast: at === target, stripeAccounts: found.stripe_accounts };
}

const nextStep = (accountId: string) => sql`
  select a.clock_at, a.clock_target as target, a.clock_step as step,
    array(select ${asCalled(sql`a.stripe_account`)} union select c.stripe_account from ${CLOCKS_AT_STRIPE} c where c.account_id = a.id) as stripe_accounts,
    (select min(due) from (
      select min(p.next_due_at) as due from purchases p where p.account_id = a.id and p.next_due_at > a.clock_at
      union all select min(p.own_due_at) from purchases p where p.account_id = a.id and p.own_due_at > a.clock_at
      union all select min(c.expires_at) from checkouts c where c.account_id = a.id and c.state = 'open' and c.expires_at > a.clock_at
      union all select min(b.starts_at) from bulk_jobs b where b.account_id = a.id and b.state = 'scheduled' and b.starts_at > a.clock_at
    ) dues) as next
  from accounts a where a.id = ${accountId} and a.clock_target is not null`;

/**
 * Stripe's clocks that have something to do by `at`: of holders with a purchase due or a checkout
 * that ends, or all of them at the end of a move.
 */
export function clocksToMove(em: EntityManager, accountId: string, step: ClockStep): Promise<ClockAtStripe[]> {
  return query<ClockAtStripe>(
    em,
    sql`select c.clock_id as "clockId", c.stripe_account as "stripeAccount" from ${CLOCKS_AT_STRIPE} c where c.account_id = ${accountId}
     and (${step.isLast}::boolean
       or exists (select 1 from purchases p where (p.sold_to = c.holder_id or p.holder_id = c.holder_id) and p.next_due_at <= ${step.at})
       or exists (select 1 from checkouts o where o.holder_id = c.holder_id and o.state = 'open' and o.expires_at <= ${step.at}))
     order by c.holder_id`,
  );
}

/**
 * From here on the account's time is `at`: Stripe has been there already, so both sides are taken
 * in order.
 */
export const beginClockStep = (em: EntityManager, accountId: string, at: Instant): Promise<unknown> =>
  run(em, sql`update accounts set clock_step = ${at} where id = ${accountId} and clock_target is not null`);

/** The clock stands at the step; at the last one it has arrived. */
export const endClockStep = (em: EntityManager, accountId: string, step: ClockStep): Promise<unknown> =>
  run(
    em,
    sql`update accounts set clock_at = ${step.at}, clock_step = null,
       clock_target = case when ${step.isLast} then null else clock_target end
     where id = ${accountId}`,
  );

const OPEN_ROW = sql`i.state = 'open' and (i.class = 'fact' or i.actor ->> 'kind' = 'system')`;

/** A purchase with something to do; `newest`: the `seq` of the last row that reached it, if any. */
export type Waiting = { purchaseId: string; newest: number };

/** Purchases with something to do at `at`. */
export async function purchasesToWake(em: EntityManager, accountId: string, at: Instant): Promise<Waiting[]> {
  const rows = await query<{ id: string; newest: string }>(
    em,
    sql`select id, max(seq) as newest from (
       select id, 0 as seq from purchases where account_id = ${accountId} and own_due_at <= ${at}
       union all select i.subject_id, i.seq from inbox i
       where i.account_id = ${accountId} and i.subject_id is not null and ${OPEN_ROW}
     ) waiting group by id`,
  );
  return rows.map(({ id, newest }) => ({ purchaseId: id, newest: +newest }));
}

/** Purchases whose commands waited for the clock, or of which Stripe told while it arrived. */
export async function purchasesWithOpenRows(em: EntityManager, accountId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select distinct subject_id as id from inbox where account_id = ${accountId} and state = 'open' and subject_id is not null`,
  );
  return rows.map(({ id }) => id);
}

/**
 * What has still to happen at `at`, counted by kind; all zero = the step is over. Each mail has one
 * attempt, and so has each piece of a job.
 */
export type Unsettled = { rows: number; due: number; pending: number; emails: number; jobs: number };

export async function unsettled(em: EntityManager, accountId: string, at: Instant): Promise<Unsettled> {
  const [counts] = await query<Record<keyof Unsettled, string>>(
    em,
    sql`select
       (select count(*) from inbox i where i.account_id = ${accountId} and ${OPEN_ROW}) as rows,
       (select count(*) from purchases where account_id = ${accountId} and own_due_at <= ${at}) as due,
       (select count(*) from purchases where account_id = ${accountId} and has_pending and not needs_attention) as pending,
       (select count(*) from emails where account_id = ${accountId} and state = 'queued' and attempts = 0 and job_id is null) as emails,
       (select count(*) from bulk_jobs where account_id = ${accountId} and state in ('scheduled', 'running')
         and starts_at <= ${at} and stuck_reason is null) as jobs`,
  );
  if (!counts) throw new Error('a count without a row');
  const { rows, due, pending, emails, jobs } = counts;
  return { rows: +rows, due: +due, pending: +pending, emails: +emails, jobs: +jobs };
}
