import type { EntityManager } from '@mikro-orm/postgresql';
import { offerAtPrice } from '../../db/catalog/terms-of.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { sessionOf } from '../../db/purchase/checkouts.ts';
import type { Orm } from '../../db/orm.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { StripeMissing } from '../gateways/stripe/failures.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';
import { toFailure } from './send-to-stripe.ts';

type Asked = { purchaseId: string; subscriptionId: string | null };

/**
 * What Stripe says now of a purchase: its subscription and its latest invoices, or the invoice of
 * what is paid once; nothing where it knows no such thing.
 */
export const createReadStripe =
  (deps: { orm: Orm; gateway: StripeGateway }) =>
  async ({ purchaseId, subscriptionId }: Asked): Promise<StripeObject[]> => {
    const em = deps.orm.em.fork();
    try {
      const stripeAccount = await stripeAccountOf(em, purchaseId);
      if (subscriptionId !== null) {
        const objects = await deps.gateway.readSubscription(subscriptionId, stripeAccount);
        return await Promise.all(objects.map((object) => withOffer(em, purchaseId, object)));
      }
      const sessionId = await sessionOf(em, purchaseId);
      return sessionId === null ? [] : await deps.gateway.readSale(sessionId, stripeAccount);
    } catch (error) {
      if (error instanceof StripeMissing) return [];
      throw toFailure(error);
    }
  };

/** A subscription with the offer that its price is, where that is not the purchase's [R26.5]. */
async function withOffer(em: EntityManager, purchaseId: string, object: StripeObject): Promise<StripeObject> {
  if (object.type !== 'subscription' || object.priceId == null) return object;
  const purchase = await em.findOne(Purchase, { id: purchaseId });
  if (!purchase) return object;
  const soldAs = await offerAtPrice(em, { accountId: purchase.accountId, stripePriceId: object.priceId });
  return soldAs?.offerId === purchase.offerId ? object : { ...object, soldAs };
}
