import type Stripe from 'stripe';
import type { Method } from './method-gateway.ts';

/** What each kind says of itself stands under its own name. */
type Said = { brand?: string | null; last4?: string | null; exp_month?: number; exp_year?: number };

export function toMethod(method: Stripe.PaymentMethod): Method {
  const { id, type, card } = method;
  const said = (method as unknown as Record<string, Said | undefined>)[type];
  return {
    methodId: id,
    kind: type,
    brand: said?.brand ?? null,
    last4: said?.last4 ?? null,
    expMonth: said?.exp_month ?? null,
    expYear: said?.exp_year ?? null,
    wallet: card?.wallet?.type ?? null,
  };
}
