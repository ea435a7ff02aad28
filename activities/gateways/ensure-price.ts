import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { keepPrices, pricesAtStripe } from '../../db/catalog/at-stripe.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Offer } from '../../db/entities/offer.ts';
import type { ChargedPrice } from '../../workflows/domain/price.ts';
import type { StripeGateway } from './stripe/gateway.ts';

type Priced = {
  em: EntityManager;
  account: Pick<Account, 'stripeAccount'>;
  offer: Offer;
  price: ChargedPrice;
  lost: string | null;
};

/**
 * An offer's ids in one Stripe account, made when they are first needed there, and again where they
 * are lost.
 */
export async function ensurePrice(
  { em, account: { stripeAccount }, offer, price, lost }: Priced,
  { stripe }: { stripe: Pick<StripeGateway, 'createPrice'> },
) {
  const known = await pricesAtStripe(em, offer.id, stripeAccount);
  if (known && lost === null) return known;
  const input = { offerId: offer.id, name: offer.name, price };
  const key = `offer:${offer.id}:${createHash('sha256').update(offer.name).digest('hex').slice(0, 16)}`;
  const made = await stripe.createPrice(input, insteadOf(key, lost), stripeAccount);
  await keepPrices(em, offer, stripeAccount, made);
  return made;
}

/** The key under which what is lost was made would bring back its id. */
export const insteadOf = (key: string, lost: string | null): string => (lost === null ? key : `${key}:${lost}`);
