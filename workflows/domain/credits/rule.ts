import { addMonths } from '../calendar.ts';
import type { Instant } from '../instant.ts';

/**
 * What an offer gives of call credits [R19.3]: how many a year, all at the start of the year or one
 * every n months of it, how long each is valid, and how long a call is.
 */
export type CreditRule = {
  perYear: number;
  issue: 'period_start' | { everyMonths: number };
  validMonths: number;
  callMinutes: number;
};

/**
 * When the rule issues its credit with this number, the first being 0. Counted from the anchor
 * [R1.1].
 * @example issueAt(everyTwoMonths, '2026-12-31T09:00:00.000Z', 1) // '2027-02-28T09:00:00.000Z'
 */
export function issueAt({ perYear, issue }: CreditRule, anchor: Instant, number: number): Instant {
  const inYear = issue === 'period_start' ? 0 : (number % perYear) * issue.everyMonths;
  return addMonths(anchor, 12 * Math.floor(number / perYear) + inYear);
}

/** Which of the years from the anchor an instant lies in; one ends where the next begins. */
export function yearAt(anchor: Instant, at: Instant): number {
  let year = 0;
  while (addMonths(anchor, 12 * (year + 1)) <= at) year += 1;
  return year;
}

/** When a credit of this issue is over: so many calendar months later [R19.3]. */
export const expiryOf = ({ validMonths }: CreditRule, issuedAt: Instant): Instant => addMonths(issuedAt, validMonths);
