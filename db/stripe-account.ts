import type { EntityManager } from '@mikro-orm/postgresql';

/** The connected Stripe account that a purchase is billed in; null = the platform's own [R22.5]. */
export async function stripeAccountOf(em: EntityManager, purchaseId: string): Promise<string | null> {
  const [row] = await em.execute<{ stripe_account: string | null }[]>(
    'select a.stripe_account from purchases p join accounts a on a.id = p.account_id where p.id = ?',
    [purchaseId],
  );
  return row?.stripe_account ?? null;
}
