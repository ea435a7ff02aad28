import Stripe from 'stripe';
import { StripeUnavailable } from './failures.ts';

const { StripeError, StripeIdempotencyError } = Stripe.errors;

/**
 * Stripe stores its own failures under the key and repeats them, so this key can never have its
 * effect. https://docs.stripe.com/error-low-level
 */
export const isStoredFailure = (error: unknown): boolean =>
  error instanceof StripeError && error.headers?.['idempotent-replayed'] === 'true' && (error.statusCode ?? 0) >= 500;

/**
 * A key under which Stripe only repeats a failure, or that an earlier attempt used for something
 * else.
 */
const isKeySpent = (error: unknown): boolean =>
  isStoredFailure(error) || (error instanceof StripeIdempotencyError && error.statusCode === 400);

/** How many keys are tried in one attempt; the next attempt, soon after, continues behind them. */
const KEYS_PER_TRY = 12;
const GO_ON_AFTER_MS = 1_000;

/**
 * How many keys of a write are spent, as far as this process knows. If that is forgotten, Stripe is
 * asked again.
 */
const spentKeys = new WeakMap<Stripe, Map<string, number>>();
const MOST_REMEMBERED = 10_000;

function spentOf(stripe: Stripe): Map<string, number> {
  const known = spentKeys.get(stripe) ?? new Map<string, number>();
  spentKeys.set(stripe, known);
  return known;
}

function remember(known: Map<string, number>, root: string, spent: number): void {
  const oldest = known.keys().next();
  if (known.size >= MOST_REMEMBERED && !oldest.done) known.delete(oldest.value);
  known.set(root, Math.max(spent, known.get(root) ?? 0));
}

export type KeyOfTry = { idempotencyKey: string; isFirst: boolean };

/**
 * Calls with the first key of an endless series that is not spent. No key is skipped: if a request
 * is still under way with one of them, Stripe answers 409, and that request is waited for. @throws
 * StripeUnavailable if one attempt did not reach the end of the spent keys; and whatever `call`
 * throws
 */
export async function withUnspentKey<Value>(
  stripe: Stripe,
  root: string,
  call: (key: KeyOfTry) => Promise<Value>,
  isSpent: (error: unknown) => boolean = isKeySpent,
): Promise<Value> {
  const known = spentOf(stripe);
  for (let tried = 0; tried < KEYS_PER_TRY; tried += 1) {
    const spent = known.get(root) ?? 0;
    const idempotencyKey = spent === 0 ? root : `${root}:${spent}`;
    try {
      return await call({ idempotencyKey, isFirst: spent === 0 });
    } catch (error) {
      if (!isSpent(error)) throw error;
      remember(known, root, spent + 1);
    }
  }
  throw new StripeUnavailable('keys_spent', GO_ON_AFTER_MS);
}
