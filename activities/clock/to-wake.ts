import type { Waiting } from '../../db/clock/moving-clock.ts';

/** A wake may be lost, so it is repeated. */
const WAKE_AGAIN_AFTER_MS = 10_000;

/** When each purchase was last woken, and what was the newest that it had to do then. */
export type Woken = Map<string, { atMs: number; newest: number }>;

/**
 * Who is to be woken now, written down in `woken`. Each wake costs a workflow task: a purchase is
 * woken once for what it has to do, and again for what has arrived since, which a run that was
 * about to end does not see.
 */
export function toWake(waiting: readonly Waiting[], woken: Woken, nowMs: number): string[] {
  const stillWaiting = new Set(waiting.map(({ purchaseId }) => purchaseId));
  for (const purchaseId of woken.keys()) if (!stillWaiting.has(purchaseId)) woken.delete(purchaseId);
  const due = waiting.filter(({ purchaseId, newest }) => {
    const last = woken.get(purchaseId);
    return !last || last.newest < newest || last.atMs + WAKE_AGAIN_AFTER_MS <= nowMs;
  });
  for (const { purchaseId, newest } of due) woken.set(purchaseId, { atMs: nowMs, newest });
  return due.map(({ purchaseId }) => purchaseId);
}
