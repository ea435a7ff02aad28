import type { EntityManager } from '@mikro-orm/postgresql';
import { CLOCKS_AT_STRIPE, type ClockAtStripe } from '../clock/clocks-at-stripe.ts';
import { query, sql } from '../sql.ts';

export type ClockedAccount = { accountId: string; clocks: ClockAtStripe[] };

/** Test accounts whose customers live by clocks at Stripe. */
export function testAccountsWithClocks(em: EntityManager): Promise<ClockedAccount[]> {
  return query<ClockedAccount>(
    em,
    sql`select a.id as "accountId", jsonb_agg(jsonb_build_object('clockId', c.clock_id, 'stripeAccount', c.stripe_account)) as clocks
     from accounts a join ${CLOCKS_AT_STRIPE} c on c.account_id = a.id where a.mode = 'test' group by a.id`,
  );
}
