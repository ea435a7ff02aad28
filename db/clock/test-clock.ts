import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { toInstantOrNull } from '../instants.ts';

/** Where a test account's clock stands, and where it is going; null = it stands still. */
export type TestClock = { now: Instant | null; target: Instant | null };

export async function readClock(em: EntityManager, accountId: string): Promise<TestClock> {
  type Row = { clock_at: string | null; clock_target: string | null };
  const [row] = await em.execute<Row[]>('select clock_at, clock_target from accounts where id = ?', [accountId]);
  return { now: toInstantOrNull(row?.clock_at ?? null), target: toInstantOrNull(row?.clock_target ?? null) };
}

/** Asks a standing clock to go to `target`; false where it is moving already. */
export async function startClock(tx: EntityManager, accountId: string, target: Instant): Promise<boolean> {
  const started = await tx.execute<unknown[]>(
    `update accounts set clock_target = ? where id = ? and mode = 'test' and clock_target is null and clock_at < ? returning id`,
    [target, accountId, target],
  );
  return started.length === 1;
}

/** The next instant at which something is due for any purchase of the account. */
export async function nextDueAfter(em: Scoped, at: Instant): Promise<Instant | null> {
  const [row] = await em.execute<{ due: string | null }[]>(
    `select min(due) as due from (
       select min(next_due_at) as due from purchases where account_id = ? and next_due_at > ?
       union all select min(own_due_at) from purchases where account_id = ? and own_due_at > ?) dues`,
    [accountIdOf(em), at, accountIdOf(em), at],
  );
  return toInstantOrNull(row?.due ?? null);
}
