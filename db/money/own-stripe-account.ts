import type { EntityManager } from '@mikro-orm/postgresql';

/** The platform's own account at Stripe, as it was last read; null = it never was. */
export async function ownStripeAccount(em: EntityManager): Promise<string | null> {
  const [row] = await em.execute<{ stripe_account: string }[]>('select stripe_account from own_stripe_account');
  return row?.stripe_account ?? null;
}

/**
 * Keeps what Stripe names the platform's own account. What was sold before that was known was sold
 * on it: its routes are written now.
 */
export async function keepOwnStripeAccount(em: EntityManager, stripeAccount: string): Promise<void> {
  if ((await ownStripeAccount(em)) === stripeAccount) return;
  await em.transactional(async (tx) => {
    const isNew = await tx.execute<unknown[]>(
      `insert into own_stripe_account (stripe_account) values (?)
       on conflict (only_row) do update set stripe_account = excluded.stripe_account
       where own_stripe_account.stripe_account <> excluded.stripe_account returning 1`,
      [stripeAccount],
    );
    if (isNew.length > 0) await tx.execute(ROUTE_WHAT_WAS_SOLD, [stripeAccount, stripeAccount, stripeAccount]);
  });
}

const ROUTE_WHAT_WAS_SOLD = `
  with sold as (
    update purchases p set stripe_account = ? from accounts a
    where a.id = p.account_id and a.stripe_account is null and p.stripe_account is null and p.origin = 'bought'
    returning p.id, p.account_id, p.stripe_subscription_id
  )
  insert into stripe_objects (stripe_account, object_id, account_id, purchase_id)
  select ?, stripe_subscription_id, account_id, id from sold where stripe_subscription_id is not null
  union select ?, c.stripe_session_id, sold.account_id, sold.id from checkouts c join sold on sold.id = c.purchase_id
    where c.stripe_session_id is not null
  on conflict do nothing`;
