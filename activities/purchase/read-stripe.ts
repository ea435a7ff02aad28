import type { Orm } from '../../db/orm.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { StripeMissing } from '../gateways/stripe/failures.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';
import { toFailure } from './send-to-stripe.ts';

/**
 * What Stripe says now of a purchase's subscription and its latest invoices; nothing where it knows
 * no such subscription.
 */
export const createReadStripe =
  (deps: { orm: Orm; gateway: StripeGateway }) =>
  async ({ purchaseId, subscriptionId }: { purchaseId: string; subscriptionId: string }): Promise<StripeObject[]> => {
    try {
      return await deps.gateway.readSubscription(subscriptionId, await stripeAccountOf(deps.orm.em.fork(), purchaseId));
    } catch (error) {
      if (error instanceof StripeMissing) return [];
      throw toFailure(error);
    }
  };
