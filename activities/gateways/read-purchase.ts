import type { EntityManager } from '@mikro-orm/postgresql';
import { offerAtPrice } from '../../db/catalog/terms-of.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { sessionOf } from '../../db/purchase/checkouts.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { StripeMissing, type StripeGateway } from './stripe.ts';

export type PurchaseReader = Pick<StripeGateway, 'readSubscription' | 'readSale'>;

export type AskedPurchase = { purchaseId: string; subscriptionId: string | null };

/**
 * What Stripe says now of a purchase: its subscription and its latest invoices, or the invoice of
 * what is paid once; nothing where it knows no such thing. Throws as the gateway does.
 */
export async function readPurchase(
  em: EntityManager,
  gateway: PurchaseReader,
  { purchaseId, subscriptionId }: AskedPurchase,
): Promise<StripeObject[]> {
  try {
    const stripeAccount = await stripeAccountOf(em, purchaseId);
    if (subscriptionId !== null) {
      const objects = await gateway.readSubscription(subscriptionId, stripeAccount);
      return await Promise.all(objects.map((object) => withOffer(em, { purchaseId, stripeAccount }, object)));
    }
    const sessionId = await sessionOf(em, purchaseId);
    return sessionId === null ? [] : await gateway.readSale(sessionId, stripeAccount);
  } catch (error) {
    if (error instanceof StripeMissing) return [];
    throw error;
  }
}

/** A subscription with the offer that its price is, where that is not the purchase's [R26.5]. */
async function withOffer(
  em: EntityManager,
  { purchaseId, stripeAccount }: { purchaseId: string; stripeAccount: string | null },
  object: StripeObject,
): Promise<StripeObject> {
  if (object.type !== 'subscription' || object.priceId == null) return object;
  const purchase = await em.findOne(Purchase, { id: purchaseId });
  if (!purchase) return object;
  const soldAs = await offerAtPrice(em, {
    accountId: purchase.accountId,
    stripePriceId: object.priceId,
    stripeAccount,
  });
  return soldAs?.offerId === purchase.offerId ? object : { ...object, soldAs };
}
