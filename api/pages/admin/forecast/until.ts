import { Temporal } from 'temporal-polyfill';
import { addMonths } from '../../../../workflows/domain/calendar.ts';
import { fromMs } from '../../../../workflows/domain/instant.ts';
import type { Site } from '../../page.ts';
import type { View } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
import { dateOf } from '../../words/instant.ts';

/** Spans that are one click away, in months. */
const SPANS = [
  { label: '3 months', months: 3 },
  { label: '1 year', months: 12 },
  { label: '3 years', months: 36 },
] as const;

/** The dates that the address and the links say; what is not said is a year ahead. */
export function untilIn({ until }: Record<string, string>, site: Site, path: string) {
  const dates = SPANS.map(({ label, months }) => ({ label, date: dateOf(addMonths(site.now, months), site) }));
  const chosen = until?.trim() || dates[1]!.date;
  const views: View[] = dates.map(({ label, date }) => ({
    label,
    href: addressWith(path, {}, { until: date }),
    isCurrent: date === chosen,
    count: undefined,
  }));
  return { chosen, views, asked: endOf(chosen, site) };
}

/**
 * The end of a date in the account's zone, which is itself included; as far ahead as a forecast
 * goes at most. What is no date is left to the API to refuse.
 */
function endOf(date: string, { timeZone, now }: Site): string {
  try {
    const end = Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
    const at = fromMs(end - 1000);
    const last = addMonths(now, SPANS[2].months);
    return at > last && dateOf(last, { timeZone }) === date ? last : at;
  } catch {
    return date;
  }
}
