import { setImmediate } from 'node:timers/promises';
import type { Purchase } from '../../db/entities/purchase.ts';
import { addMonths } from '../../workflows/domain/calendar.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { byTime, forecasting, type Asked } from '../../workflows/forecast/forecast.ts';
import type { ForecastEntry } from '../../workflows/forecast/forecast-entry.ts';
import { invalid } from '../http/problem.ts';

/** How far ahead is worked out. */
export const MOST_MONTHS = 36;
const USUAL_MONTHS = 12;

/** How long other requests wait at most while a forecast is worked out [R24.5]. */
const MOST_MS_AT_ONCE = 10;

/** Until when; a year ahead where nobody says. @throws Problem 422 */
export function untilOf(until: Instant | undefined, now: Instant): Instant {
  if (until === undefined) return addMonths(now, USUAL_MONTHS);
  if (until <= now) throw invalid('until', `must lie after ${now}`, 'instant_past');
  const last = addMonths(now, MOST_MONTHS);
  if (until > last) throw invalid('until', `must be ${last} or before: a forecast goes ${MOST_MONTHS} months ahead`);
  return until;
}

/**
 * What will happen to these purchases, in the order in which it happens. Those of one holder are
 * worked out together, since the end of one may end another [R27.6].
 */
export async function workOut(purchases: Purchase[], asked: Asked): Promise<ForecastEntry[]> {
  const entries: ForecastEntry[] = [];
  const pause = pausing();
  for (const held of Map.groupBy(purchases, ({ holderId }) => holderId).values()) {
    const steps = forecasting(
      held.map(({ snapshot }) => snapshot),
      asked,
    );
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        entries.push(...step.value);
        break;
      }
      await pause();
    }
  }
  return entries.sort(byTime);
}

/** Lets others go first once its time is over. */
function pausing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < MOST_MS_AT_ONCE) return;
    await setImmediate();
    since = performance.now();
  };
}
