import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { givenInstant } from './fields.ts';

const NEITHER = 'must be a date, such as 2027-01-31, or an instant with a zone, such as 2027-01-31T09:00:00Z';
/** For the documentation of a bound. */
export const DATES = "A date is the instant at which it begins in the account's time zone.";
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A bound of a list as people give it: an instant, or a date. */
export const dayOrInstant = z
  .string(NEITHER)
  .meta({ examples: ['2027-01-31', '2027-01-31T09:00:00Z'] })
  .transform((text, context): string => {
    if (isDay(text)) return text;
    const read = givenInstant.safeParse(text);
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: NEITHER });
    return z.NEVER;
  });

/** Whether it is a date. */
export function isDay(text: string): boolean {
  if (!DAY.test(text) || text < '1970' || text >= '3000') return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** A date is the instant at which it begins in the zone. */
export function boundAt<Given extends string | undefined>(given: Given, timeZone: string): Instant | Given {
  if (given === undefined || !DAY.test(given)) return given;
  return fromMs(Temporal.PlainDate.from(given).toZonedDateTime(timeZone).epochMilliseconds);
}
