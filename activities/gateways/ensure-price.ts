import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../../db/entities/account.ts';
import { Offer } from '../../db/entities/offer.ts';
import type { ChargedPrice } from '../../workflows/domain/price.ts';
import type { StripeGateway } from './stripe/gateway.ts';

type Priced = {
  em: Pick<EntityManager, 'nativeUpdate'>;
  account: Pick<Account, 'stripeAccount'>;
  offer: Offer;
  price: ChargedPrice;
  lost: string | null;
};

/** An offer's ids at Stripe, made when they are first needed, and again where they are lost. */
export async function ensurePrice(
  { em, account, offer, price, lost }: Priced,
  { stripe }: { stripe: Pick<StripeGateway, 'createPrice'> },
) {
  const { stripePriceId, stripeFeePriceId } = offer;
  if (stripePriceId !== null && lost === null) return { stripePriceId, stripeFeePriceId };
  const input = { offerId: offer.id, name: offer.name, price };
  const key = `offer:${offer.id}:${createHash('sha256').update(offer.name).digest('hex').slice(0, 16)}`;
  const made = await stripe.createPrice(input, insteadOf(key, lost), account.stripeAccount);
  await em.nativeUpdate(Offer, { id: offer.id }, made);
  return made;
}

/** The key under which what is lost was made would bring back its id. */
export const insteadOf = (key: string, lost: string | null): string => (lost === null ? key : `${key}:${lost}`);
