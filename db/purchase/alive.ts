import type { EntityManager } from '@mikro-orm/postgresql';
import { LOWEST_ID } from '../page.ts';
import { query, sql } from '../sql.ts';

/**
 * What says of a purchase's row that its workflow has to run: it waits for an instant, for Stripe
 * or for a person.
 */
export const IS_ALIVE = sql`(own_due_at is not null or has_pending or needs_attention)`;

type Id = { id: string };
const idsOf = (rows: Id[]): string[] => rows.map(({ id }) => id);

/** How many purchases need a running workflow; those with open rows only are the sweep's. */
export async function countAlive(em: EntityManager): Promise<number> {
  const [row] = await query<{ count: string }>(em, sql`select count(*) from purchases where ${IS_ALIVE}`);
  return Number(row?.count);
}

/** The next of them in the order of their ids; `after` null = from the first. */
export async function alivePurchases(em: EntityManager, after: string | null, limit: number): Promise<string[]> {
  const rows = await query<Id>(
    em,
    sql`select id from purchases where ${IS_ALIVE} and id > ${after ?? LOWEST_ID} order by id limit ${limit}`,
  );
  return idsOf(rows);
}

/** Any of them, another choice each time. */
export async function someAlive(em: EntityManager, limit: number): Promise<string[]> {
  const rows = await query<Id>(em, sql`select id from purchases where ${IS_ALIVE} order by random() limit ${limit}`);
  return idsOf(rows);
}

/**
 * Purchases whose own instant passed a minute ago, the latest first, so that those that run and are
 * stuck do not hide those that do not run. A test account follows its own clock.
 */
export async function overduePurchases(em: EntityManager, limit: number): Promise<string[]> {
  const rows = await query<Id>(
    em,
    sql`select p.id from purchases p join accounts a on a.id = p.account_id
     where p.own_due_at < now() - interval '1 minute' and a.clock_at is null order by p.own_due_at desc limit ${limit}`,
  );
  return idsOf(rows);
}
