import type Stripe from 'stripe';
import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../../../workflows/domain/instant.ts';
import { reading, writing } from './call.ts';
import { orThrow, refusalOf, StripeUnavailable } from './failures.ts';
import type { Account, ClockInput, ClockState, Refused } from './gateway.ts';
import { fromUnix, toUnix } from './instants.ts';
import { make } from './make.ts';
import { withUnspentKey } from './spent-keys.ts';

/** A test clock for one contact of a test account [R23.3]. */
export async function createClock(
  stripe: Stripe,
  { accountId, contactId, frozenAt }: ClockInput,
  key: string,
  account: Account,
): Promise<{ clockId: string }> {
  const params = { frozen_time: toUnix(frozenAt), name: `${accountId} ${contactId}` };
  const { id } = await make(stripe, key, (once) =>
    stripe.testHelpers.testClocks.create(params, writing(once, account)),
  );
  return { clockId: id };
}

export async function readClock(stripe: Stripe, clockId: string, account: Account): Promise<ClockState> {
  const clock = await orThrow(stripe.testHelpers.testClocks.retrieve(clockId, {}, reading(account)));
  return { frozenAt: fromUnix(clock.frozen_time), isReady: clock.status === 'ready' };
}

/**
 * A clock that stands at the instant already is left alone, so repeats are harmless. @throws
 * StripeUnavailable while Stripe is still moving it
 */
export async function advanceClock(
  stripe: Stripe,
  clockId: string,
  to: Instant,
  account: Account,
): Promise<{ kind: 'done'; frozenAt: Instant } | Refused> {
  const target = toUnix(to);
  try {
    const before = await untilReady(stripe, clockId, account);
    if (before.frozen_time >= target) return { kind: 'done', frozenAt: fromUnix(before.frozen_time) };
    const root = `advance:${clockId}:${before.frozen_time}:${target}`;
    const after = await withUnspentKey(stripe, root, async ({ idempotencyKey, isFirst }) => {
      const found = isFirst ? before : await untilReady(stripe, clockId, account);
      if (found.frozen_time >= target) return found;
      await stripe.testHelpers.testClocks.advance(clockId, { frozen_time: target }, writing(idempotencyKey, account));
      return untilReady(stripe, clockId, account);
    });
    return { kind: 'done', frozenAt: fromUnix(after.frozen_time) };
  } catch (error) {
    return refusalOf(error);
  }
}

const FIRST_WAIT_MS = 25;
const LONGEST_WAIT_MS = 1_000;
const PATIENCE_MS = 60_000;

/** Stripe bills a clock's subscriptions in the background. */
async function untilReady(stripe: Stripe, clockId: string, account: Account): Promise<Stripe.TestHelpers.TestClock> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const clock = await stripe.testHelpers.testClocks.retrieve(clockId, {}, reading(account));
    if (clock.status === 'ready') return clock;
    if (clock.status === 'internal_failure') throw new StripeUnavailable('clock_failed');
    if (Date.now() > deadline) throw new StripeUnavailable('clock_advancing');
    await wait(waitMs);
  }
}
