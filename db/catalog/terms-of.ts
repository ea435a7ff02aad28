import type { EntityManager } from '@mikro-orm/postgresql';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { isOpenEnded } from '../../workflows/domain/price.ts';
import { Offer } from '../entities/offer.ts';
import { nameOf } from '../money/stripe-account.ts';
import { query, sql } from '../sql.ts';

/** The offer as it is now: later edits do not reach what was sold of it. */
export const termsOf = (offer: Offer): OfferTerms => ({
  offerId: offer.id,
  productIds: offer.productIds,
  price: offer.price,
  refundWindowDays: offer.refundWindowDays,
  accessDays: offer.accessDays,
  accessStartsAt: offer.accessStartsAt,
  emailsOff: offer.emailsOff,
  requires: offer.requires,
  group: offer.groupName,
  cancelBy: offer.cancelBy,
  repeatable: offer.repeatable,
  credits: offer.credits,
  officeHours: offer.officeHours,
  quotas: offer.quotas,
  features: offer.features,
  quotaFactor: offer.quotaFactor,
});

/**
 * The account's subscription offer that is sold at a price of Stripe's, in the Stripe account that
 * is named as calls name it; null = none is [R26.5].
 */
export async function offerAtPrice(
  em: EntityManager,
  {
    accountId,
    stripePriceId,
    stripeAccount,
  }: { accountId: string; stripePriceId: string; stripeAccount: string | null },
): Promise<OfferTerms | null> {
  const [found] = await query<{ id: string }>(
    em,
    sql`select offer_id as id from stripe_prices
     where stripe_account = ${nameOf(stripeAccount)} and stripe_price_id = ${stripePriceId} and account_id = ${accountId}`,
  );
  const offer = found ? await em.findOne(Offer, { id: found.id }) : null;
  return offer && isOpenEnded(offer.price) ? termsOf(offer) : null;
}
