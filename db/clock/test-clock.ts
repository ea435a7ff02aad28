import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstantOrNull } from '../instants.ts';
import { query, run, sql } from '../sql.ts';

/** Where a test account's clock stands, and where it is going; null = it stands still. */
export type TestClock = { now: Instant | null; target: Instant | null };

export async function readClock(em: EntityManager, accountId: string): Promise<TestClock> {
  type Row = { clock_at: string | null; clock_target: string | null };
  const [row] = await query<Row>(em, sql`select clock_at, clock_target from accounts where id = ${accountId}`);
  return { now: toInstantOrNull(row?.clock_at ?? null), target: toInstantOrNull(row?.clock_target ?? null) };
}

/** Asks a standing clock to go to `target`; false where it is moving already. */
export async function startClock(tx: EntityManager, accountId: string, target: Instant): Promise<boolean> {
  const started = await run(
    tx,
    sql`update accounts set clock_target = ${target}
     where id = ${accountId} and mode = 'test' and clock_target is null and clock_at < ${target}`,
  );
  return started === 1;
}

/** The next instant at which something is due for any purchase of the account, or a job begins. */
export async function nextDueAfter(em: Scoped, at: Instant): Promise<Instant | null> {
  const [row] = await query<{ due: string | null }>(
    em,
    sql`select min(due) as due from (
       select min(next_due_at) as due from purchases where account_id = ${accountIdOf(em)} and next_due_at > ${at}
       union all select min(own_due_at) from purchases where account_id = ${accountIdOf(em)} and own_due_at > ${at}
       union all select min(starts_at) from bulk_jobs where account_id = ${accountIdOf(em)} and state = 'scheduled' and starts_at > ${at}) dues`,
  );
  return toInstantOrNull(row?.due ?? null);
}
