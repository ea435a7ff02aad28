import { DAY_MS, fromMs, toMs, type Instant } from './instant.ts';

export const INTERVALS = ['week', 'month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/**
 * The instant `n` calendar months after `anchor`, on the anchor's day or the month's last, if that
 * is shorter [R1.1].
 * @example addMonths('2027-01-31T09:00:00.000Z', 1) // '2027-02-28T09:00:00.000Z'
 */
export function addMonths(anchor: Instant, n: number): Instant {
  const from = new Date(toMs(anchor));
  const month = from.getUTCMonth() + n;
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const startOfDay = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  const timeOfDayMs = from.getTime() - startOfDay;
  return fromMs(Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), lastDay)) + timeOfDayMs);
}

/**
 * The `n`-th step of a rhythm, counted from its first anchor and never from the step before [R1.1].
 */
export function step(anchor: Instant, interval: Interval, n: number): Instant {
  switch (interval) {
    case 'week':
      return fromMs(toMs(anchor) + n * 7 * DAY_MS);
    case 'month':
      return addMonths(anchor, n);
    case 'year':
      return addMonths(anchor, 12 * n);
  }
}

/**
 * How many steps it takes from `anchor` to reach `at` or pass it: 31 Jan monthly takes 1 to 28 Feb,
 * and 2 to 1 Mar.
 */
export function stepsUntil(anchor: Instant, interval: Interval, at: Instant): number {
  const stepDays = { week: 7, month: 31, year: 366 }[interval];
  let n = Math.max(0, Math.floor((toMs(at) - toMs(anchor)) / (stepDays * DAY_MS)));
  // Beyond the year 9999 instants no longer sort as text.
  while (toMs(step(anchor, interval, n)) < toMs(at)) n += 1;
  return n;
}
