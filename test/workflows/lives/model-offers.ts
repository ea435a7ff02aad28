import type { OfferTerms } from '../../../workflows/domain/offer.ts';
import { intervalOf, soldPerPeriod, type Price } from '../../../workflows/domain/price.ts';
import { GOLD, MONTHLY } from '../../builders/purchase.ts';
import type { ModelPrice } from './model-invoice.ts';

/** An offer that a purchase may become, and its price at Stripe. */
export type ModelOffer = { terms: OfferTerms; price: ModelPrice };

/** null = nothing of it recurs. */
export function priceAtStripe(offerId: string, price: Price): ModelPrice | null {
  const [sold, interval] = [soldPerPeriod(price), intervalOf(price)];
  return sold && interval && { priceId: `price_${offerId}`, amountMinor: sold.amountMinor, interval };
}

const offered = (given: Partial<OfferTerms>): ModelOffer => {
  const terms = { ...GOLD, ...given };
  return { terms, price: priceAtStripe(terms.offerId, terms.price)! };
};

/** A dearer one, a cheaper one, and others of each interval. */
export const OFFERS: ModelOffer[] = [
  offered({ offerId: 'gold', price: { ...MONTHLY, amountMinor: 9900 } }),
  offered({ offerId: 'basic', price: { ...MONTHLY, amountMinor: 900 }, productIds: ['community'] }),
  offered({ offerId: 'year', price: { ...MONTHLY, amountMinor: 29_000, interval: 'year' }, accessDays: 400 }),
  offered({ offerId: 'week', price: { ...MONTHLY, amountMinor: 1500, interval: 'week' } }),
];
