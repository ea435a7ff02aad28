import type { Orm } from '../../db/orm.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { readPurchase, type AskedPurchase, type PurchaseReader } from '../gateways/read-purchase.ts';
import { toFailure } from './send-to-stripe.ts';

/** What Stripe says now of a purchase. */
export const createReadStripe =
  (deps: { orm: Orm; gateway: PurchaseReader }) =>
  async (asked: AskedPurchase): Promise<StripeObject[]> => {
    try {
      return await readPurchase(deps.orm.em.fork(), deps.gateway, asked);
    } catch (error) {
      throw toFailure(error);
    }
  };
