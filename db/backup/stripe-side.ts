import type { EntityManager } from '@mikro-orm/postgresql';
import { CLOCKS_AT_STRIPE } from '../clock/clocks-at-stripe.ts';
import { query, sql } from '../sql.ts';

export type ClockedAccount = { accountId: string; stripeAccount: string | null; clockIds: string[] };

/** Test accounts whose customers live by clocks at Stripe. */
export async function testAccountsWithClocks(em: EntityManager): Promise<ClockedAccount[]> {
  type Row = { id: string; stripe_account: string | null; clock_ids: string[] };
  const rows = await query<Row>(
    em,
    sql`select a.id, a.stripe_account, array_agg(distinct c.clock_id) as clock_ids
     from accounts a join ${CLOCKS_AT_STRIPE} c on c.account_id = a.id where a.mode = 'test' group by a.id`,
  );
  return rows.map((row) => ({ accountId: row.id, stripeAccount: row.stripe_account, clockIds: row.clock_ids }));
}
