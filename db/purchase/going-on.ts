import type { Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { query, sql, type Sql } from '../sql.ts';

/** What archiving leaves as it is [R4.4]. */
export type GoingOn = { livePurchases: number; purchasesWithAccess: number };

/** Of an offer also: what else names it, archived offers and ended codes aside. */
export type GoingOnOfOffer = GoingOn & { offersThatRequireIt: number; codesForIt: number };

/** The same, in words. */
export function archiveWarning({ livePurchases, purchasesWithAccess }: GoingOn): string {
  const billed = livePurchases === 1 ? '1 purchase is billed' : `${livePurchases} purchases are billed`;
  return `Archiving cancels nothing: ${billed} and ${purchasesWithAccess} ${purchasesWithAccess === 1 ? 'gives' : 'give'} access as before.`;
}

/** And what goes on naming an offer that nobody can buy any more. */
export function archiveOfferWarning({ offersThatRequireIt, codesForIt, ...goingOn }: GoingOnOfOffer): string {
  const requiring = offersThatRequireIt === 1 ? '1 offer requires it' : `${offersThatRequireIt} offers require it`;
  const codes = codesForIt === 1 ? '1 promotion code names it' : `${codesForIt} promotion codes name it`;
  const named = [...(offersThatRequireIt > 0 ? [requiring] : []), ...(codesForIt > 0 ? [codes] : [])];
  return [archiveWarning(goingOn), ...(named.length > 0 ? [`${named.join(', and ')}.`] : [])].join(' ');
}

type Counted = { live: string; open: string };

const toCounts = ([row]: Counted[]): GoingOn => ({
  livePurchases: Number(row?.live ?? 0),
  purchasesWithAccess: Number(row?.open ?? 0),
});

export async function goingOnOfOffer(em: Scoped, offerId: string, now: Instant): Promise<GoingOnOfOffer> {
  const accountId = accountIdOf(em);
  const rows = await query<Counted & { requiring: string; codes: string }>(
    em,
    sql`select count(*) filter (where is_live) as live, count(*) filter (where access_status <> 'none') as open,
       (select count(*) from offers where account_id = ${accountId} and archived_at is null and ${offerId}::uuid = any(requires)) as requiring,
       (select count(*) from promotion_codes where account_id = ${accountId} and ended_at is null
         and (ends_at is null or ends_at > ${now}) and ${offerId}::uuid = any(offer_ids)) as codes
     from purchases where account_id = ${accountId} and offer_id = ${offerId} and started_at is not null`,
  );
  const [row] = rows;
  return { ...toCounts(rows), offersThatRequireIt: Number(row?.requiring ?? 0), codesForIt: Number(row?.codes ?? 0) };
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
