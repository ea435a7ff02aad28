import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { jobsUntil } from '../../db/jobs/bulk-jobs.ts';
import {
  beginClockStep,
  clocksToMove,
  endClockStep,
  nextClockStep,
  purchasesToWake,
  purchasesWithOpenRows,
  unsettled,
  type ClockStep,
} from '../../db/clock/moving-clock.ts';
import type { ClockAtStripe } from '../../db/clock/clocks-at-stripe.ts';
import type { Orm } from '../../db/orm.ts';
import type { EventStore } from '../../db/inbox/store-events.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { fromMs, toMs } from '../../workflows/domain/instant.ts';
import type { StripeGateway } from '../gateways/stripe.ts';
import type { Wakes } from '../gateways/temporal.ts';
import { matchEvents } from '../inbox/match-events.ts';
import { toFailure } from '../purchase/send-to-stripe.ts';
import { endCheckouts } from '../purchase/end-checkouts.ts';
import { pullEvents } from './pull-events.ts';
import { toWake, type Woken } from './to-wake.ts';

export type ClockDeps = { orm: Orm; gateway: StripeGateway; wakes: Wakes; events: EventStore };

/** How long one step may wait for everything to settle before it fails with what has not. */
const SETTLE_WITHIN_MS = 30_000;
const CLOCKS_AT_ONCE = 8;
/** How far Temporal's clock and ours may differ; Stripe dates to the second. */
const CLOCKS_DIFFER_MS = 10_000;

/**
 * Moves an account's clock by one step, to the next due instant or the target [R23.3]. Stripe comes
 * first, then its events, then everything of ours that is due or follows, until nothing is open.
 * Safe to repeat at any point. Returns where the clock stands, or null if it was not moving.
 */
export const createMoveClock =
  (deps: ClockDeps) =>
  async (accountId: string): Promise<{ at: Instant; isLast: boolean } | null> => {
    const em = deps.orm.em.fork();
    const step = await nextClockStep(em, accountId);
    if (!step) return null;
    try {
      const heard = await listen(deps.gateway, step);
      await moveStripe(deps, accountId, step, heard);
      await beginClockStep(em, accountId, step.at);
      await endCheckouts(deps, accountId);
      await settle(deps, accountId, step, heard);
    } catch (error) {
      throw toFailure(error);
    }
    await endClockStep(em, accountId, step);
    if (step.isLast) await wakeAll(deps.wakes, await purchasesWithOpenRows(em, accountId), 'clock.arrived');
    return { at: step.at, isLast: step.isLast };
  };

/**
 * What one step fetches of a Stripe account: since when by our clock (its first attempt), how far
 * Stripe's own clock is ahead of ours, and what was stored before.
 */
type Heard = { stripeAccount: string | null; sinceMs: number; aheadMs: number; known: Set<string> };

async function listen(gateway: StripeGateway, { stripeAccounts }: ClockStep): Promise<Heard[]> {
  const sinceMs = Math.min(activityInfo().scheduledTimestampMs, Date.now());
  const listenTo = async (stripeAccount: string | null): Promise<Heard> => {
    const aheadMs = toMs(await gateway.timeAt(stripeAccount)) - Date.now();
    return { stripeAccount, sinceMs, aheadMs, known: new Set() };
  };
  return Promise.all(stripeAccounts.map(listenTo));
}

async function moveStripe(deps: ClockDeps, accountId: string, step: ClockStep, heard: Heard[]): Promise<void> {
  const clocks = await clocksToMove(deps.orm.em.fork(), accountId, step);
  for (let first = 0; first < clocks.length; first += CLOCKS_AT_ONCE) {
    const some = clocks.slice(first, first + CLOCKS_AT_ONCE);
    await Promise.all(some.map((clock) => moveStripeClock(deps.gateway, clock, step)));
  }
  await hear(deps, step.from, step, heard);
}

/**
 * Fetches Stripe's events since an instant and matches those that waited. Returns how many were new
 * or found their purchase.
 */
async function hear(deps: ClockDeps, since: Instant, step: ClockStep, heard: Heard[]): Promise<number> {
  let count = 0;
  for (const one of heard)
    for (const span of spansOf({ since, until: step.at }, one))
      count += await pullEvents(deps, span, one.stripeAccount, one.known);
  return count + (await matchEvents(deps));
}

/**
 * Events of a test clock are dated by that clock, or by Stripe's own. What lies between the two
 * belongs to others: a Stripe account is shared, and its list cannot be filtered by customer.
 */
function spansOf(byClock: Span, { sinceMs, aheadMs }: Heard): Span[] {
  const real = {
    since: fromMs(sinceMs + aheadMs - CLOCKS_DIFFER_MS),
    until: fromMs(Date.now() + aheadMs + CLOCKS_DIFFER_MS),
  };
  const [first, last] = byClock.since < real.since ? [byClock, real] : [real, byClock];
  if (first.until < last.since) return [first, last];
  return [{ since: first.since, until: first.until > last.until ? first.until : last.until }];
}

type Span = { since: Instant; until: Instant };

/**
 * Stripe moves a clock by whole seconds and by at most two intervals. A longer way is split in
 * half.
 */
async function moveStripeClock(
  gateway: StripeGateway,
  { clockId, stripeAccount }: ClockAtStripe,
  { at }: ClockStep,
): Promise<void> {
  const goalMs = Math.floor(toMs(at) / 1000) * 1000;
  const atOnce = await gateway.advanceClock(clockId, fromMs(goalMs), stripeAccount);
  if (atOnce.kind === 'done') return;
  const { frozenAt } = await gateway.readClock(clockId, stripeAccount);
  let fromAtMs = toMs(frozenAt);
  let strideMs = (goalMs - fromAtMs) / 2;
  while (fromAtMs < goalMs) {
    const toAtMs = Math.min(goalMs, fromAtMs + Math.max(1000, Math.floor(strideMs / 1000) * 1000));
    const moved = await gateway.advanceClock(clockId, fromMs(toAtMs), stripeAccount);
    if (moved.kind === 'done') fromAtMs = toAtMs;
    else if (strideMs > 1000) strideMs /= 2;
    else throw ApplicationFailure.nonRetryable(`Stripe does not move its clock: ${moved.stripeCode}.`, 'ClockRefused');
  }
}

/**
 * Waits until nothing is open, due or pending, and what we did at Stripe has come back as events.
 */
async function settle(deps: ClockDeps, accountId: string, step: ClockStep, heard: Heard[]): Promise<void> {
  const em = deps.orm.em.fork();
  const until = Date.now() + SETTLE_WITHIN_MS;
  const woken: Woken = new Map();
  const wokenJobs = new Set<string>();
  for (let waitMs = 5; Date.now() < until; waitMs = Math.min(100, waitMs * 1.5)) {
    const waiting = await purchasesToWake(em, accountId, step.at);
    await wakeAll(deps.wakes, toWake(waiting, woken, Date.now()), 'clock.moved');
    await wakeJobs(deps, await jobsUntil(em, accountId, step.at), wokenJobs);
    const left = await unsettled(em, accountId, step.at);
    if (left.rows + left.due + left.pending + left.emails + left.jobs === 0) {
      if ((await hear(deps, step.at, step, heard)) === 0) return;
      continue;
    }
    await pause(waitMs);
  }
  const { rows, due, pending, emails, jobs } = await unsettled(em, accountId, step.at);
  throw ApplicationFailure.retryable(
    `At ${step.at} these have not settled: ${rows} inbox rows, ${due} due instants, ${pending} pending verbs, ${emails} emails, ${jobs} jobs.`,
    'NotSettled',
  );
}

/** Each once: a job goes on by itself, and the sweep finds a lost wake. */
async function wakeJobs({ wakes }: ClockDeps, jobIds: string[], woken: Set<string>): Promise<void> {
  const toWakeUp = jobIds.filter((jobId) => !woken.has(jobId));
  for (const jobId of toWakeUp) woken.add(jobId);
  await Promise.all(toWakeUp.map((jobId) => wakes.wakeJob(jobId)));
}

const wakeAll = async (wakes: Wakes, purchaseIds: string[], kind: string): Promise<void> => {
  await Promise.all(purchaseIds.map((purchaseId) => wakes.wake(purchaseId, { kind, rowId: null })));
};
