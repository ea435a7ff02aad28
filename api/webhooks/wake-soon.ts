import type { Wakes } from '../../activities/gateways/temporal.ts';

/**
 * Stripe sends a purchase's events in bursts. They are batched for this long, and cause one wake.
 */
const BATCH_MS = 30;

export type WakeSoon = (subjectId: string, wake: { kind: string; rowId: string }) => void;

/** Wakes each subject once for all of its events that arrive together. */
export function batchWakes(wakes: Pick<Wakes, 'wake'>): WakeSoon {
  const batched = new Set<string>();
  return (subjectId, wake) => {
    if (batched.has(subjectId)) return;
    batched.add(subjectId);
    setTimeout(() => {
      batched.delete(subjectId);
      void wakes.wake(subjectId, wake);
    }, BATCH_MS).unref();
  };
}
