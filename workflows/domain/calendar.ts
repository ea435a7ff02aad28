import { DAY_MS, fromMs, toMs, type Instant } from './instant.ts';

export const INTERVALS = ['week', 'month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/**
 * The instant `n` calendar months after `anchor`: on the anchor's day, or on the last day of a
 * month that is shorter [R1.1].
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
 * The instant `n` intervals after `anchor`. Always counted from the first anchor, never from the
 * date before, or the day would drift [R1.1].
 */
export function addIntervals(anchor: Instant, interval: Interval, n: number): Instant {
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
 * How many intervals after `anchor` reach or pass `at`: monthly from 31 Jan, 1 for 28 Feb and 2 for
 * 1 Mar.
 */
export function intervalsUntil(anchor: Instant, interval: Interval, at: Instant): number {
  const longestDays = { week: 7, month: 31, year: 366 }[interval];
  let n = Math.max(0, Math.floor((toMs(at) - toMs(anchor)) / (longestDays * DAY_MS)));
  // Beyond the year 9999 instants no longer sort as text.
  while (toMs(addIntervals(anchor, interval, n)) < toMs(at)) n += 1;
  return n;
}
