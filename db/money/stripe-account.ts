import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql, type Sql } from '../sql.ts';

/** The name of the platform's own Stripe account; null as long as it was never read. */
export const OWN = sql`(select stripe_account from own_stripe_account)`;

/** A Stripe account by its name, where null stands for the platform's own. */
export const nameOf = (stripeAccount: string | null): Sql => sql`coalesce(${stripeAccount}::text, ${OWN}, '')`;

/** The name of the Stripe account on which the purchase `p` of the account `a` was sold. */
export const SOLD_ON = sql`coalesce(p.stripe_account, a.stripe_account, ${OWN}, '')`;

/** A name as calls at Stripe carry it; null = the platform's own. */
export const asCalled = (name: Sql): Sql => sql`nullif(nullif(${name}, ${OWN}), '')`;

/** Whether a Stripe account can be reached; what was connected and is no more cannot. */
export const isReached = (name: Sql): Sql =>
  sql`not exists (select from stripe_connections n where n.stripe_account = ${name} and n.disconnected_at is not null)`;

type Row = { stripe_account: string | null };

/**
 * The connected Stripe account that a purchase was sold on, wherever its account sells by now; null
 * = the platform's own [R22.5].
 */
export async function stripeAccountOf(em: EntityManager, purchaseId: string): Promise<string | null> {
  const [row] = await query<Row>(
    em,
    sql`select ${asCalled(SOLD_ON)} as stripe_account
     from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`,
  );
  return row?.stripe_account ?? null;
}

/** The connected Stripe account on which an account sells now; null = the platform's own. */
export async function stripeAccountOfAccount(em: EntityManager, accountId: string): Promise<string | null> {
  const [row] = await query<Row>(
    em,
    sql`select ${asCalled(sql`stripe_account`)} as stripe_account from accounts where id = ${accountId}`,
  );
  return row?.stripe_account ?? null;
}

/** Every Stripe account on which an account sells or has sold; null = the platform's own. */
export async function stripeAccountsOfAccount(em: EntityManager, accountId: string): Promise<(string | null)[]> {
  const rows = await query<Row>(
    em,
    sql`select distinct ${asCalled(sql`stripe_account`)} as stripe_account from (
       select stripe_account from accounts where id = ${accountId}
       union all select stripe_account from stripe_prices where account_id = ${accountId}) used
     where stripe_account is null or ${isReached(sql`used.stripe_account`)}
     order by 1 nulls first`,
  );
  return rows.map(({ stripe_account }) => stripe_account);
}
