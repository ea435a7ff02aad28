import type { EntityManager } from '@mikro-orm/postgresql';
import {
  closeCheckout,
  openCheckout,
  type CodeRefused,
  type Hindered,
  type Opened,
  type ToOpen,
} from '../../db/purchase/checkouts.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { StripeGateway } from './stripe/gateway.ts';

type Deps = { stripe: Pick<StripeGateway, 'expireCheckout'> };

/**
 * An open checkout without a session: an older one is ended at Stripe first, and one that was
 * completed wins. `busy`: another request makes sessions of the same checkout.
 */
export async function freshCheckout(
  em: EntityManager,
  wanted: ToOpen,
  { stripe }: Deps,
): Promise<Extract<Opened, { kind: 'open' }> | Hindered | CodeRefused | { kind: 'busy' }> {
  for (let tries = 0; tries < 3; tries += 1) {
    const opened = await openCheckout(em, wanted);
    if (opened.kind !== 'open') return opened;
    const { checkout } = opened;
    if (checkout.stripeSessionId === null) return opened;
    const soldOn = await stripeAccountOf(em, checkout.purchaseId);
    const ended = await stripe.expireCheckout(checkout.stripeSessionId, soldOn);
    await closeCheckout(em, checkout, ended, wanted.now);
    em.clear();
    // It was paid at Stripe a moment ago.
    if (ended === 'completed' && checkout.offerId !== wanted.offer.id && wanted.code)
      return { kind: 'code_refused', refusal: 'promotion_code_used_by_contact', code: wanted.code };
    if (ended === 'completed') return { kind: 'hindered', why: 'already_live', purchase: null };
  }
  return { kind: 'busy' };
}
