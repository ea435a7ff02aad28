import { setTimeout as pause } from 'node:timers/promises';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Orm } from '../../db/orm.ts';
import { log } from '../../log.ts';
import { endIfKnown } from './end-known.ts';

/**
 * Stripe sends a purchase's events in bursts. They are batched for this long, and cause one wake.
 */
const BATCH_MS = 30;

/** How long the echo of a verb may wait for that verb, each time. */
const LATER_MS = [50, 100, 200, 400];

/** `isByRequest`: a request at Stripe caused it; it was mostly ours, and then this is no news. */
export type WakeSoon = (subjectId: string, wake: { kind: string; rowId: string }, isByRequest: boolean) => void;

/**
 * Wakes each subject once for all of its events that arrive together, or not at all where all of
 * them are of requests and say nothing new. What dies with this process is found by the sweep.
 */
export function batchWakes(orm: Orm, wakes: Pick<Wakes, 'wake'>): WakeSoon {
  const batched = new Map<string, { areByRequest: boolean }>();

  async function wakeUnlessKnown(subjectId: string, wake: { kind: string; rowId: string }): Promise<void> {
    await pause(BATCH_MS, undefined, { ref: false });
    const areByRequest = batched.get(subjectId)?.areByRequest === true;
    batched.delete(subjectId);
    if (!areByRequest || !(await isKnown(orm, subjectId))) await wakes.wake(subjectId, wake);
  }

  return (subjectId, wake, isByRequest) => {
    const known = batched.get(subjectId);
    if (known) return void (known.areByRequest &&= isByRequest);
    batched.set(subjectId, { areByRequest: isByRequest });
    void wakeUnlessKnown(subjectId, wake);
  };
}

/** In doubt it is not. */
async function isKnown(orm: Orm, subjectId: string): Promise<boolean> {
  try {
    for (const waitMs of [...LATER_MS, 0]) {
      const judgement = await endIfKnown(orm, subjectId);
      if (judgement !== 'later') return judgement === 'ended';
      await pause(waitMs, undefined, { ref: false });
    }
  } catch (error) {
    log.warn({ subjectId, error }, 'event.not_judged');
  }
  return false;
}
