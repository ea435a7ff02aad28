import type { Instant } from '../instant.ts';
import type { Credits, PaidSpan } from './ledger.ts';

/** The oldest ones are forgotten: each pause leaves one more. */
const MOST_SPANS = 12;

export const isPaid = ({ paid }: Credits, at: Instant): boolean =>
  paid.some(({ from, until }) => from <= at && isBefore(at, until));

/** The credits with more time that is paid for; the same object where that was known. */
export function withPaidSpan(credits: Credits, span: PaidSpan): Credits {
  const isKnown = credits.paid.some(({ from, until }) => from <= span.from && !isBefore(until, span.until));
  if (isKnown) return credits;
  const touching = credits.paid.filter((one) => !isBefore(one.until, span.from) && !isBefore(span.until, one.from));
  const whole = touching.reduce((all, one) => {
    const from = one.from < all.from ? one.from : all.from;
    return { from, until: isBefore(all.until, one.until) ? one.until : all.until };
  }, span);
  const others = credits.paid.filter((one) => !touching.includes(one));
  const paid = [...others, whole].sort((a, b) => (a.from < b.from ? -1 : 1)).slice(-MOST_SPANS);
  return { ...credits, paid };
}

/** null = never. */
const isBefore = (a: Instant | null, b: Instant | null): boolean => a !== null && (b === null || a < b);
