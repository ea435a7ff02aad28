import type { Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { query, sql, type Sql } from '../sql.ts';

/** What archiving leaves as it is [R4.4]. */
export type GoingOn = { livePurchases: number; purchasesWithAccess: number };

/** The same, in words. */
export function archiveWarning({ livePurchases, purchasesWithAccess }: GoingOn): string {
  const billed = livePurchases === 1 ? '1 purchase is billed' : `${livePurchases} purchases are billed`;
  return `Archiving cancels nothing: ${billed} and ${purchasesWithAccess} ${purchasesWithAccess === 1 ? 'gives' : 'give'} access as before.`;
}

type Counted = { live: string; open: string };

const toCounts = ([row]: Counted[]): GoingOn => ({
  livePurchases: Number(row?.live ?? 0),
  purchasesWithAccess: Number(row?.open ?? 0),
});

export async function goingOnOfOffer(em: Scoped, offerId: string): Promise<GoingOn> {
  const rows = await query<Counted>(
    em,
    sql`select count(*) filter (where is_live) as live, count(*) filter (where access_status <> 'none') as open
     from purchases where account_id = ${accountIdOf(em)} and offer_id = ${offerId} and started_at is not null`,
  );
  return toCounts(rows);
}

export async function goingOnOfProduct(em: Scoped, productId: string, now: Instant): Promise<GoingOn> {
  const rows = await query<Counted>(
    em,
    sql`select count(*) filter (where p.is_live) as live, count(*) filter (where ${isOpenAt(now)}) as open
     from purchase_products pp join purchases p on p.id = pp.purchase_id
     where pp.account_id = ${accountIdOf(em)} and pp.product_id = ${productId} and p.started_at is not null`,
  );
  return toCounts(rows);
}

const isOpenAt = (now: Instant): Sql =>
  sql`pp.open and pp.starts_at <= ${now} and (pp.until is null or pp.until > ${now})`;
