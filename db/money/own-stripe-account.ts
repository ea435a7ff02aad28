import type { EntityManager } from '@mikro-orm/postgresql';
import { query, run, sql } from '../sql.ts';

/** The platform's own account at Stripe, as it was last read; null = it never was. */
export async function ownStripeAccount(em: EntityManager): Promise<string | null> {
  const [row] = await query<{ stripe_account: string }>(em, sql`select stripe_account from own_stripe_account`);
  return row?.stripe_account ?? null;
}

/**
 * Keeps what Stripe names the platform's own account. What was sold before that was known was sold
 * on it: its routes are written now.
 */
export async function keepOwnStripeAccount(em: EntityManager, stripeAccount: string): Promise<void> {
  if ((await ownStripeAccount(em)) === stripeAccount) return;
  await em.transactional(async (tx) => {
    const changed = await run(
      tx,
      sql`insert into own_stripe_account (stripe_account) values (${stripeAccount})
       on conflict (only_row) do update set stripe_account = excluded.stripe_account
       where own_stripe_account.stripe_account <> excluded.stripe_account`,
    );
    if (changed === 0) return;
    await run(tx, routeWhatWasSold(stripeAccount));
    for (const table of NAMED)
      await run(tx, sql`update ${sql.table(table)} set stripe_account = ${stripeAccount} where stripe_account = ''`);
  });
}

/** What was made at Stripe before its name was known. */
const NAMED = ['stripe_customers', 'stripe_prices', 'stripe_promotions'] as const;

const routeWhatWasSold = (stripeAccount: string) => sql`
  with sold as (
    update purchases p set stripe_account = ${stripeAccount} from accounts a
    where a.id = p.account_id and a.stripe_account is null and p.stripe_account is null and p.origin = 'bought'
    returning p.id, p.account_id, p.stripe_subscription_id
  )
  insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
  select ${stripeAccount}, stripe_subscription_id, account_id, id from sold where stripe_subscription_id is not null
  union select ${stripeAccount}, c.stripe_session_id, sold.account_id, sold.id from checkouts c join sold on sold.id = c.purchase_id
    where c.stripe_session_id is not null
  on conflict do nothing`;
