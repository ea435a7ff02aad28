import type Stripe from 'stripe';
import { orThrow } from './failures.ts';

/**
 * How Stripe names the account of our key; what was answered once is kept, since it is the key's
 * for ever.
 */
export function readOwnAccount(stripe: Stripe): () => Promise<string> {
  let known: string | null = null;
  return async () => (known ??= (await orThrow(stripe.accounts.retrieveCurrent())).id);
}
