import { addIntervals, intervalsUntil } from './calendar.ts';
import { runningCycle } from './charges.ts';
import type { Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** The first renewal at an instant or after it, as things stand; null where nothing renews. */
export function renewalFrom(state: PurchaseState, at: Instant): Instant | null {
  const cycle = runningCycle(state);
  if (!cycle || cycle.end >= at) return cycle && cycle.end;
  const { anchor, interval } = cycle;
  const next = addIntervals(anchor, interval, intervalsUntil(anchor, interval, at));
  return next >= at ? next : addIntervals(anchor, interval, intervalsUntil(anchor, interval, at) + 1);
}
