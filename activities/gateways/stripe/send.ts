import type Stripe from 'stripe';
import { toMs } from '../../../workflows/domain/instant.ts';
import type { ReadyWrite } from '../../../workflows/domain/writes.ts';
import { carryOut } from './carry-out.ts';
import { refusalOf } from './failures.ts';
import { findEffect } from './find-effect.ts';
import type { Account, WriteAnswer, WriteKey } from './gateway.ts';
import { withUnspentKey } from './spent-keys.ts';

/** Stripe forgets a key after 24 hours; ours moves on well before. */
const KEY_LIFE_MS = 20 * 60 * 60 * 1000;

/**
 * Carries a write out so that its effect happens once, however often it is called with the same
 * key. A new key is used (a day later, after a manual retry, or because the old one only repeats
 * Stripe's own failure) only after looking for the effect and not finding it.
 * @throws StripeUnavailable
 */
export async function send(stripe: Stripe, write: ReadyWrite, key: WriteKey, account: Account): Promise<WriteAnswer> {
  const day = Math.max(0, Math.floor((Date.now() - toMs(key.firstTriedAt)) / KEY_LIFE_MS));
  const root = [key.commandId, key.index, key.generation, day].join(':');
  const isLater = day > 0 || key.generation > 0;
  try {
    return await withUnspentKey(stripe, root, async ({ idempotencyKey, isFirst }) => {
      const found = isLater || !isFirst ? await findEffect(stripe, write, key, account) : null;
      if (found) return { kind: 'done', objects: found };
      return { kind: 'done', objects: await carryOut(stripe, write, { idempotencyKey, key, account }) };
    });
  } catch (error) {
    return refusalOf(error);
  }
}
