import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../../workflows/domain/instant.ts';
import { dateOf, instantInWords, offsetAt, type Here } from '../../words/instant.ts';

/** How far ahead slots are looked for, in days. */
const AHEAD = 60;
export const DAYS_A_WEEK = 7;

export const addDaysTo = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** A date that an address says; undefined: it says none. */
export function dateGiven(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** The first of the seven days that are shown: as asked, from today on, as far as slots go. */
export function weekFrom(asked: string | undefined, here: Here): string {
  const today = dateOf(here.now, here);
  const last = addDaysTo(today, AHEAD);
  const from = dateGiven(asked) ?? today;
  return from < today ? today : from > last ? last : from;
}

/** The weeks before and after, as their first days; null = there is none. */
export function weeksAround(from: string, here: Here): { before: string | null; after: string | null } {
  const today = dateOf(here.now, here);
  const after = addDaysTo(from, DAYS_A_WEEK);
  return {
    before: from > today ? weekFrom(addDaysTo(from, -DAYS_A_WEEK), here) : null,
    after: after <= addDaysTo(today, AHEAD) ? after : null,
  };
}

export type SlotDay = { date: string; starts: Instant[] };

/** When slots begin on each of the seven days, by the clock of whoever reads; each instant once. */
export function daysOf(slots: readonly { startsAt: Instant }[], from: string, here: Here): SlotDay[] {
  const starts = Map.groupBy(new Set(slots.map(({ startsAt }) => startsAt)), (at) => dateOf(at, here));
  return Array.from({ length: DAYS_A_WEEK }, (_, index) => {
    const date = addDaysTo(from, index);
    return { date, starts: starts.get(date) ?? [] };
  });
}

/** `09:00`; where clocks go back, an hour that comes twice says which: `01:30 GMT-7`. */
export function startInWords(at: Instant, { starts }: SlotDay, here: Here): string {
  const time = instantInWords(at, here, 'time');
  const isTwice = starts.some((other) => other !== at && instantInWords(other, here, 'time') === time);
  return isTwice ? `${time} ${offsetAt(at, here)}` : time;
}

/** `Mon 24` */
export function shortDay(date: string): string {
  const [weekday = ''] = instantInWords(`${date}T12:00:00.000Z`, { timeZone: 'UTC', now: date }, 'weekday').split(',');
  return `${weekday.slice(0, 3)} ${Number(date.slice(8))}`;
}
