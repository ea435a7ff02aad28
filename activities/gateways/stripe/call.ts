import type Stripe from 'stripe';
import type { Account, WriteKey } from './gateway.ts';

/**
 * Of one call at Stripe: which account, and for a write the key under which Stripe remembers it.
 */
export const reading = (account: Account): Stripe.RequestOptions =>
  account === null ? {} : { stripeAccount: account };

export const writing = (idempotencyKey: string, account: Account): Stripe.RequestOptions => ({
  ...reading(account),
  idempotencyKey,
});

/** One try at one write: under which key, for which command, in which account. */
export type Try = { idempotencyKey: string; key: WriteKey; account: Account };
