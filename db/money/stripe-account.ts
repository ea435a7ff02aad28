import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql } from '../sql.ts';

/**
 * The connected Stripe account that a purchase was sold on, wherever its account sells by now; null
 * = the platform's own [R22.5].
 */
export async function stripeAccountOf(em: EntityManager, purchaseId: string): Promise<string | null> {
  const [row] = await query<{ stripe_account: string | null }>(
    em,
    sql`select nullif(coalesce(p.stripe_account, a.stripe_account), (select stripe_account from own_stripe_account)) as stripe_account
     from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`,
  );
  return row?.stripe_account ?? null;
}

/** The connected Stripe account on which an account sells now; null = the platform's own. */
export async function stripeAccountOfAccount(em: EntityManager, accountId: string): Promise<string | null> {
  const [row] = await query<{ stripe_account: string | null }>(
    em,
    sql`select nullif(stripe_account, (select stripe_account from own_stripe_account)) as stripe_account
     from accounts where id = ${accountId}`,
  );
  return row?.stripe_account ?? null;
}
