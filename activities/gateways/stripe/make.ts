import type Stripe from 'stripe';
import { refusalOf, StripeRefused } from './failures.ts';
import { isStoredFailure, withUnspentKey } from './spent-keys.ts';

/**
 * Creates something of which a second copy does no harm. Uses the next key where Stripe only
 * repeats its own failure. Throws like `orThrow`.
 */
export async function make<Value>(
  stripe: Stripe,
  key: string,
  call: (idempotencyKey: string) => Promise<Value>,
): Promise<Value> {
  try {
    return await withUnspentKey(stripe, key, ({ idempotencyKey }) => call(idempotencyKey), isStoredFailure);
  } catch (error) {
    throw new StripeRefused(refusalOf(error));
  }
}
