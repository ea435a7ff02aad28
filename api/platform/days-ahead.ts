import { Temporal } from 'temporal-polyfill';
import type { Upcoming } from '../../db/platform/overview.ts';
import { sumsOf, type CurrencySum } from '../../db/money/money-totals.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** A day on which something falls due; `charges` null: not all of that is known. */
type DayAhead = { day: string; charges: CurrencySum[] | null };

/** The day of an instant by the calendar of a zone, `2027-05-21`. */
export const dayIn = (timeZone: string, at: Instant): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/**
 * The days of what comes next, each with what is charged on it in each currency; `after`: what
 * comes after all that, and may be of the last day too.
 */
export function daysAhead(upcoming: readonly Upcoming[], after: Upcoming | undefined, timeZone: string): DayAhead[] {
  const days = Map.groupBy(upcoming, ({ at }) => dayIn(timeZone, at));
  const cut = after && dayIn(timeZone, after.at);
  return [...days].map(([day, dues]) => ({
    day,
    charges: day === cut ? null : sumsOf(dues.flatMap(({ charge }) => charge ?? [])),
  }));
}
