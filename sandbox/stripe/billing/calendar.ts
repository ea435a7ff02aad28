import type { Recurring } from '../data/docs.ts';

const DAY = 86_400;

/**
 * `anchor` plus `steps` intervals, by the calendar: 31 Jan + 1 month = 28 Feb, + 2 months = 31 Mar.
 * Unix seconds, UTC.
 */
export function stepFrom(anchor: number, recurring: Recurring, steps: number): number {
  const count = recurring.interval_count * steps;
  switch (recurring.interval) {
    case 'day':
      return anchor + count * DAY;
    case 'week':
      return anchor + count * 7 * DAY;
    case 'month':
      return addMonths(anchor, count);
    case 'year':
      return addMonths(anchor, count * 12);
  }
}

function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000);
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return Math.floor(to.getTime() / 1000);
}

const SHORTEST_DAYS = { day: 1, week: 7, month: 28, year: 365 } as const;
const LONGEST_DAYS = { day: 1, week: 7, month: 31, year: 366 } as const;

/** The first boundary of the rhythm after `at`; the anchor itself while it is still ahead. */
export function boundaryAfter(anchor: number, recurring: Recurring, at: number): number {
  if (at < anchor) return anchor;
  const longest = LONGEST_DAYS[recurring.interval] * recurring.interval_count * DAY;
  let steps = Math.max(0, Math.floor((at - anchor) / longest));
  while (stepFrom(anchor, recurring, steps) <= at) steps += 1;
  return stepFrom(anchor, recurring, steps);
}

/** How far a test clock may be moved at once: two of these. */
export function longestTwoIntervals(from: number, recurring: Recurring): number {
  return stepFrom(from, recurring, 2);
}

/** A rough length, to tell which of several rhythms is the shortest. */
export function shortestDays(recurring: Recurring): number {
  return SHORTEST_DAYS[recurring.interval] * recurring.interval_count;
}

/**
 * `amount` for the part [from, to) of the whole [start, end), to the second, rounded to the minor
 * unit; negative when `to` is before `from`.
 */
export function prorate(
  amount: number,
  part: { from: number; to: number },
  whole: { start: number; end: number },
): number {
  return Math.round((amount * (part.to - part.from)) / (whole.end - whole.start));
}
