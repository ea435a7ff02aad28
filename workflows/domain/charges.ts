import { pauseOf } from './billing-parts.ts';
import { isLive, nextChargeAt, unpaid, type SubscriptionBilling } from './billing.ts';
import { addIntervals, intervalsUntil, type Interval } from './calendar.ts';
import { toMs, type Instant } from './instant.ts';
import type { MoneyEffect } from './outcome.ts';
import type { Money } from './money.ts';
import type { Payment } from './payments.ts';
import { intervalOf, soldPerPeriod } from './price.ts';
import type { PurchaseState } from './purchase.ts';

type Span = { from: Instant; to: Instant };

/**
 * The running cycle by the calendar, even if it is cut short; `billedUntil`: up to when its invoice
 * was charged.
 */
type Cycle = { anchor: Instant; interval: Interval; start: Instant; end: Instant; billedUntil: Instant };

/** How many are listed one by one: the date may lie thousands of years ahead. */
const MOST_LISTED = 60;

/**
 * What each period is charged: as it was sold, or as it was changed at Stripe since [R22.7]; null =
 * nothing ever.
 */
export function perPeriod({ billing, terms: { price } }: PurchaseState): Money | null {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return billing.changedPrice ?? soldPerPeriod(price);
  }
}

/**
 * What is charged next as things stand; what is overdue comes first, in one sum, at Stripe's next
 * try [R11]. null = nothing.
 */
export function nextCharge(state: PurchaseState): (Money & { at: Instant }) | null {
  const { billing } = state;
  const due = isLive(billing) && !billing.pause ? unpaid(billing) : null;
  const { amountMinor, currency } = due ?? perPeriod(state) ?? {};
  const at = due ? due.nextTryAt : nextChargeAt(billing);
  return at === null || amountMinor === undefined || currency === undefined ? null : { amountMinor, currency, at };
}

/** null where nothing recurs, or Stripe has not said yet when. */
export function runningCycle({ billing, terms, payments }: PurchaseState): Cycle | null {
  const interval = intervalOf(terms.price);
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return interval && subscriptionCycle(billing, interval, payments);
  }
}

function subscriptionCycle(billing: SubscriptionBilling, interval: Interval, payments: Payment[]): Cycle | null {
  const { periodStart: start, periodEnd, phase, trialEndsAt } = billing;
  if (!start || !periodEnd) return null;
  if (phase === 'trialing') {
    const end = trialEndsAt ?? periodEnd;
    return { anchor: end, interval, start, end, billedUntil: end };
  }
  // Stripe ends the period early where a cancellation lies in it.
  const isCut = billing.cancellation?.at === periodEnd;
  const anchor = anchorOf(billing, payments, interval, isCut) ?? (isCut ? start : periodEnd);
  const end = isCut ? addIntervals(anchor, interval, intervalsUntil(anchor, interval, start) + 1) : periodEnd;
  const paidUntil = payments.find(({ periodStart }) => periodStart === start)?.periodEnd ?? end;
  return { anchor, interval, start, end, billedUntil: paidUntil < end ? paidUntil : end };
}

/**
 * The first known instant from which the cycles lead to the running period: for one that ends on 31
 * Mar it is 31 Jan, not 28 Feb.
 */
function anchorOf(billing: SubscriptionBilling, payments: Payment[], interval: Interval, isCut: boolean) {
  const meets = (anchor: Instant, at: Instant | null) =>
    at !== null && addIntervals(anchor, interval, intervalsUntil(anchor, interval, at)) === at;
  const known = [billing.trialEndsAt, ...payments.map(({ periodStart }) => periodStart), billing.periodStart];
  return known.find(
    (at): at is Instant => at !== null && meets(at, billing.periodStart) && (isCut || meets(at, billing.periodEnd)),
  );
}

/**
 * What is still charged when billing ends at `at`: each full cycle, and the last one as far as it
 * goes [R8.1].
 */
export function chargesUntil(state: PurchaseState, at: Instant): MoneyEffect[] {
  const cycle = runningCycle(state);
  const price = perPeriod(state);
  if (!cycle || !price || at <= cycle.billedUntil) return [];
  const from = chargesFrom(state, cycle);
  if (at <= cycle.end) return [lastPart(price, { from: cycle.billedUntil, to: at }, cycle)];
  if (from === null || at <= from) return [];
  // A cycle of which only a part was billed is made up for by the next invoice.
  const owed = from === cycle.end ? prorated(price.amountMinor, { from: cycle.billedUntil, to: from }, cycle) : 0;
  const starts = cycleStarts(cycle, from, at);
  const full = fullCharges(price, starts, owed);
  if (starts.last === null) return full;
  const last = lastPart(price, { from: starts.last.start, to: at }, starts.last);
  return [...full, starts.count === 0 ? { ...last, amountMinor: last.amountMinor + owed } : last];
}

/**
 * The first cycle that is charged; null = none, since no date ends the pause. At one instant the
 * resume comes before the charge [R7.2].
 */
function chargesFrom({ billing }: PurchaseState, { anchor, interval, end }: Cycle): Instant | null {
  const pause = pauseOf(billing);
  if (!pause) return end;
  const { resumeAt } = pause;
  if (resumeAt === null) return null;
  if (resumeAt <= end) return end;
  return addIntervals(anchor, interval, intervalsUntil(anchor, interval, resumeAt));
}

type Starts = { at: (index: number) => Instant; count: number; last: { start: Instant; end: Instant } | null };

/** The full cycles from `from` on, and the one that `until` cuts short, if it lies inside one. */
function cycleStarts({ anchor, interval }: Cycle, from: Instant, until: Instant): Starts {
  const first = intervalsUntil(anchor, interval, from);
  const ending = intervalsUntil(anchor, interval, until);
  const at = (index: number) => addIntervals(anchor, interval, first + index);
  const count = ending - first;
  if (at(count) === until) return { at, count, last: null };
  return { at, count: count - 1, last: { start: at(count - 1), end: at(count) } };
}

function fullCharges({ amountMinor, currency }: Money, { at, count }: Starts, owed: number): MoneyEffect[] {
  const listed = Math.min(count, MOST_LISTED);
  const charges: MoneyEffect[] = Array.from({ length: listed }, (_, index) => ({
    kind: 'charge',
    at: at(index),
    amountMinor: amountMinor + (index === 0 ? owed : 0),
    currency,
  }));
  if (count === listed) return charges;
  const more = count - listed;
  const further = { from: at(listed), until: at(count - 1), count: more, amountMinor: more * amountMinor, currency };
  return [...charges, { kind: 'further_charges', ...further }];
}

const lastPart = ({ amountMinor, currency }: Money, part: Span, whole: { start: Instant; end: Instant }) => ({
  kind: 'prorated_last_charge' as const,
  at: part.from,
  until: part.to,
  amountMinor: prorated(amountMinor, part, whole),
  currency,
});

/**
 * By the second, rounded half up to the minor unit, as Stripe does; in whole numbers, which no
 * amount overflows.
 */
function prorated(amountMinor: number, { from, to }: Span, { start, end }: { start: Instant; end: Instant }): number {
  const part = BigInt(toMs(to) - toMs(from));
  const whole = BigInt(toMs(end) - toMs(start));
  return Number((2n * BigInt(amountMinor) * part + whole) / (2n * whole));
}
