import type { EntityManager } from '@mikro-orm/postgresql';
import { asCalled, nameOf } from '../money/stripe-account.ts';
import { query, run, sql } from '../sql.ts';

/** `stripeFeePriceId` null = there is no setup fee. */
export type PriceIds = { stripeProductId: string; stripePriceId: string; stripeFeePriceId: string | null };

type Owned = { id: string; accountId: string };

/** An offer's ids in one Stripe account; null = none were made there yet [R22.5]. */
export async function pricesAtStripe(
  em: EntityManager,
  offerId: string,
  stripeAccount: string | null,
): Promise<PriceIds | null> {
  const [found] = await query<PriceIds>(
    em,
    sql`select stripe_product_id as "stripeProductId", stripe_price_id as "stripePriceId", stripe_fee_price_id as "stripeFeePriceId"
     from stripe_prices where offer_id = ${offerId} and stripe_account = ${nameOf(stripeAccount)}`,
  );
  return found ?? null;
}

/** Keeps the ids of an offer there, instead of older ones. */
export const keepPrices = (
  em: EntityManager,
  offer: Owned,
  stripeAccount: string | null,
  made: PriceIds,
): Promise<unknown> =>
  run(
    em,
    sql`insert into stripe_prices (offer_id, stripe_account, account_id, stripe_product_id, stripe_price_id, stripe_fee_price_id)
     values (${offer.id}, ${nameOf(stripeAccount)}, ${offer.accountId}, ${made.stripeProductId}, ${made.stripePriceId}, ${made.stripeFeePriceId})
     on conflict (offer_id, stripe_account) do update set stripe_product_id = excluded.stripe_product_id,
       stripe_price_id = excluded.stripe_price_id, stripe_fee_price_id = excluded.stripe_fee_price_id`,
  );

/** A code's id in one Stripe account; null = it was never used there. */
export async function promotionAtStripe(
  em: EntityManager,
  codeId: string,
  stripeAccount: string | null,
): Promise<string | null> {
  const [found] = await query<{ id: string }>(
    em,
    sql`select stripe_promotion_id as id from stripe_promotions
     where promotion_code_id = ${codeId} and stripe_account = ${nameOf(stripeAccount)}`,
  );
  return found?.id ?? null;
}

export type PromotionAtStripe = { stripeAccount: string | null; stripePromotionId: string };

/** A code's ids, in every Stripe account in which it was used. */
export const promotionsAtStripe = (em: EntityManager, codeId: string): Promise<PromotionAtStripe[]> =>
  query<PromotionAtStripe>(
    em,
    sql`select ${asCalled(sql`stripe_account`)} as "stripeAccount", stripe_promotion_id as "stripePromotionId"
     from stripe_promotions where promotion_code_id = ${codeId} order by stripe_account`,
  );

/** Keeps what a code is called there; whoever was first stays. */
export const keepPromotion = (
  em: EntityManager,
  code: Owned,
  stripeAccount: string | null,
  made: { stripeCouponId: string; stripePromotionId: string },
): Promise<unknown> =>
  run(
    em,
    sql`insert into stripe_promotions (promotion_code_id, stripe_account, account_id, stripe_coupon_id, stripe_promotion_id)
     values (${code.id}, ${nameOf(stripeAccount)}, ${code.accountId}, ${made.stripeCouponId}, ${made.stripePromotionId})
     on conflict do nothing`,
  );
