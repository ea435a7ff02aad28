import type { Config } from '../config.ts';

/** What Stripe's dashboard has a page of. */
export type StripeObject = 'customers' | 'subscriptions' | 'invoices' | 'disputes';

/** The page of an object in Stripe's dashboard; null where it lies at no real Stripe. */
export type StripePage = (object: StripeObject, id: string) => string | null;

export const stripePageOf =
  ({
    STRIPE_API_KEY: key,
    STRIPE_API_BASE: base,
  }: Pick<Config<'api'>, 'STRIPE_API_KEY' | 'STRIPE_API_BASE'>): StripePage =>
  (object, id) =>
    base === undefined
      ? `https://dashboard.stripe.com/${/^(sk|rk)_test_/.test(key) ? 'test/' : ''}${object}/${encodeURIComponent(id)}`
      : null;
