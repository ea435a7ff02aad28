import { readFileSync } from 'node:fs';
import type Stripe from 'stripe';

type Kinds = {
  subscription: Stripe.Subscription;
  invoice: Stripe.Invoice;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
};

/**
 * An object as Stripe sends it in the pinned version, and in one of 2024, before periods and
 * payments moved.
 */
export function aStripeObject<Kind extends keyof Kinds>(
  kind: Kind,
  version: '2026-10-28' | '2024-06-20' = '2026-10-28',
  changes: Partial<Kinds[Kind]> = {},
): Kinds[Kind] {
  const text = readFileSync(new URL(`./fixtures/${kind}.${version}.json`, import.meta.url), 'utf8');
  return { ...(JSON.parse(text) as Kinds[Kind]), ...changes };
}

/** An event at 2026-02-28T09:30:07.000Z about that object. */
export const aStripeEvent = (type: string, object: Kinds[keyof Kinds]): Stripe.Event =>
  ({ id: 'evt_1', object: 'event', created: 1772271007, type, data: { object } }) as unknown as Stripe.Event;
