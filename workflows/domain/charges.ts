import { cancellationOf, discountsOf, pauseOf, pendingChangeOf, periodEndOf } from './billing-parts.ts';
import { isLive, nextChargeAt, unpaid, type Billing, type SubscriptionBilling } from './billing.ts';
import { addIntervals, intervalsUntil, type Interval } from './calendar.ts';
import { holdingAt, lessened, withoutEnded, type HeldDiscount } from './discount.ts';
import { earliest, toMs, type Instant } from './instant.ts';
import type { MoneyEffect } from './outcome.ts';
import type { Money } from './money.ts';
import { intervalOf, soldPerPeriod } from './price.ts';
import type { PurchaseState } from './purchase.ts';

type Span = { from: Instant; to: Instant };
type Begun = Pick<PurchaseState, 'startedAt' | 'payments' | 'offerChangedAt'>;

/**
 * The running cycle by the calendar, even if it is cut short; `billedUntil`: up to when its invoice
 * was charged.
 */
type Cycle = { anchor: Instant; interval: Interval; start: Instant; end: Instant; billedUntil: Instant };

/** How many are listed one by one: the date may lie thousands of years ahead. */
const MOST_LISTED = 60;

/**
 * The price of each period, before discounts: as it was sold, or as it was changed at Stripe since
 * [R22.7]; null = nothing ever.
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

/** The price of a period that begins then: a change of offer may come with it. */
export function perPeriodFrom(state: PurchaseState, at: Instant | null): Money | null {
  const change = pendingChangeOf(state.billing);
  return change && at && change.at <= at ? soldPerPeriod(change.terms.price) : perPeriod(state);
}

/**
 * What Stripe charges of an amount at an instant, after the discounts that hold then [R4.6].
 * `isNext` = no other charge comes before it.
 */
export const afterDiscounts = ({ billing }: PurchaseState, money: Money, at: Instant, isNext: boolean): number =>
  lessened(money, holdingAt(stayingUntil(billing, at), at, isNext));

/** Without those that a change of offer ends by then. */
export function stayingUntil(billing: Billing, at: Instant): HeldDiscount[] {
  const change = pendingChangeOf(billing);
  return withoutEnded(discountsOf(billing), change && change.at <= at ? change.endedDiscounts : undefined);
}

/**
 * What the period that begins at `at` is charged: less where a cancellation cuts it short, and with
 * what an invoice before it has left unbilled [R8.1]. Its price where nothing is known of that.
 * null = nothing ever.
 */
export function nextPeriodCharge(state: PurchaseState, at: Instant | null): Money | null {
  const full = nextPeriodInFull(state, at);
  if (full === null || at === null) return full;
  return { amountMinor: afterDiscounts(state, full, at, true), currency: full.currency };
}

/** The same before discounts. */
export function nextPeriodInFull(state: PurchaseState, at: Instant | null): Money | null {
  const price = perPeriodFrom(state, at);
  const cycle = runningCycle(state);
  if (price === null || at === null || cycle === null) return price;
  return { amountMinor: partCharged(state, cycle, price, at) + owedBy(state, cycle, at), currency: price.currency };
}

/** Of the price of a period that begins at `at`, what is charged for it. */
function partCharged({ billing }: PurchaseState, { anchor, interval }: Cycle, { amountMinor }: Money, at: Instant) {
  const endsAt = cancellationOf(billing)?.at;
  const end = addIntervals(anchor, interval, intervalsUntil(anchor, interval, at) + 1);
  if (endsAt === undefined || endsAt <= at || endsAt >= end) return amountMinor;
  return prorated(amountMinor, { from: at, to: endsAt }, { start: at, end });
}

/** A cycle of which only a part was billed is made up for by the next invoice. */
const owedBy = (state: PurchaseState, cycle: Cycle, at: Instant): number =>
  at === cycle.end ? prorated(perPeriod(state)?.amountMinor ?? 0, { from: cycle.billedUntil, to: at }, cycle) : 0;

/**
 * What is charged next as things stand; what is overdue comes first, in one sum, at Stripe's next
 * try [R11]. null = nothing.
 */
export function nextCharge(state: PurchaseState): (Money & { at: Instant }) | null {
  const { billing } = state;
  const due = isLive(billing) && !billing.pause ? unpaid(billing) : null;
  const at = due ? due.nextTryAt : nextChargeAt(billing);
  if (at === null) return null;
  const { amountMinor, currency } = due ?? nextPeriodCharge(state, at) ?? {};
  return amountMinor === undefined || currency === undefined ? null : { amountMinor, currency, at };
}

/** null where nothing recurs, or Stripe has not said yet when. */
export function runningCycle(state: PurchaseState): Cycle | null {
  const interval = intervalOf(state.terms.price);
  switch (state.billing.kind) {
    case 'none':
    case 'one_time':
      return null;
    case 'subscription':
      return interval && subscriptionCycle(state.billing, interval, state);
  }
}

/** The end of the running period by the calendar, where a cancellation has cut it short. */
export function fullPeriod(state: PurchaseState): { periodEnd?: Instant } {
  const cycle = runningCycle(state);
  const periodEnd = periodEndOf(state.billing);
  return cycle && periodEnd !== null && periodEnd < cycle.end ? { periodEnd: cycle.end } : {};
}

function subscriptionCycle(billing: SubscriptionBilling, interval: Interval, state: Begun): Cycle | null {
  const { periodStart: start, periodEnd, phase, trialEndsAt } = billing;
  if (!start || !periodEnd) return null;
  if (phase === 'trialing') {
    const end = trialEndsAt ?? periodEnd;
    return { anchor: end, interval, start, end, billedUntil: end };
  }
  // Stripe ends the period early where a cancellation lies in it.
  const isCut = billing.cancellation?.at === periodEnd;
  const endFrom = (anchor: Instant) => addIntervals(anchor, interval, intervalsUntil(anchor, interval, start) + 1);
  const leads = (anchor: Instant) =>
    meets(anchor, interval, start) && (isCut ? endFrom(anchor) >= periodEnd : meets(anchor, interval, periodEnd));
  const anchor = anchorsOf(billing, state).find(leads) ?? periodEnd;
  const end = isCut && anchor !== periodEnd ? endFrom(anchor) : periodEnd;
  return { anchor, interval, start, end, billedUntil: earliest(end, billedUntil(state, start)) ?? end };
}

const meets = (anchor: Instant, interval: Interval, at: Instant): boolean =>
  addIntervals(anchor, interval, intervalsUntil(anchor, interval, at)) === at;

/** Up to when the period's invoice was charged; null = to its end, as by a change of offer. */
const billedUntil = ({ payments, offerChangedAt }: Begun, start: Instant): Instant | null =>
  start === offerChangedAt ? null : (payments.find(({ periodStart }) => periodStart === start)?.periodEnd ?? null);

/**
 * From where the cycles may be counted, the first one that leads to the running period: for one
 * that ends on 31 Mar it is 31 Jan, not 28 Feb. What was free at first has no payment of its start.
 */
const anchorsOf = ({ trialEndsAt, periodStart }: SubscriptionBilling, { startedAt, payments }: Begun): Instant[] =>
  [trialEndsAt, startedAt, ...payments.map((payment) => payment.periodStart), periodStart].filter((at) => at !== null);

/**
 * What is still charged when billing ends at `at`: each full cycle, and the last one as far as it
 * goes [R8.1].
 */
export function chargesUntil(state: PurchaseState, at: Instant): MoneyEffect[] {
  const cycle = runningCycle(state);
  const price = perPeriod(state);
  if (!cycle || !price || at <= cycle.billedUntil) return [];
  const from = chargesFrom(state, cycle);
  const lessen = lessenedBy(state, price.currency);
  if (at <= cycle.end) return [lessen(lastPart(price, { from: cycle.billedUntil, to: at }, cycle), 0)];
  if (from === null || at <= from) return [];
  const owed = owedBy(state, cycle, from);
  const starts = cycleStarts(cycle, from, at);
  const full = fullCharges(price, starts, owed).map(lessen);
  const further = furtherCharges(state, price, starts);
  if (starts.last === null) return [...full, ...further];
  const last = lastPart(price, { from: starts.last.start, to: at }, starts.last);
  const owing = starts.count === 0 ? { ...last, amountMinor: last.amountMinor + owed } : last;
  return [...full, ...further, lessen(owing, full.length)];
}

type Dated = Money & { at: Instant };

/** Charges in their order: a discount for the next one alone reaches the first of them. */
const lessenedBy =
  (state: PurchaseState, currency: string) =>
  <Charge extends Dated>(charge: Charge, index: number): Charge => ({
    ...charge,
    amountMinor: afterDiscounts(state, { amountMinor: charge.amountMinor, currency }, charge.at, index === 0),
  });

/**
 * The first cycle that is charged; null = none, since no date ends the pause. At one instant the
 * resume comes before the charge [R7.2].
 */
export function chargesFrom({ billing }: PurchaseState, { anchor, interval, end }: Cycle): Instant | null {
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

function fullCharges({ amountMinor, currency }: Money, { at, count }: Starts, owed: number) {
  return Array.from({ length: Math.min(count, MOST_LISTED) }, (_, index) => ({
    kind: 'charge' as const,
    at: at(index),
    amountMinor: amountMinor + (index === 0 ? owed : 0),
    currency,
  }));
}

/** What is not listed one by one, in one sum. */
function furtherCharges(state: PurchaseState, price: Money, { at, count }: Starts): MoneyEffect[] {
  if (count <= MOST_LISTED) return [];
  const charge = (index: number) => afterDiscounts(state, price, at(index), false);
  const ends = discountsOf(state.billing).flatMap(({ endsAt }) => endsAt ?? []);
  let amountMinor = 0;
  let index = MOST_LISTED;
  // Once no discount can end any more, each charge is like the last.
  for (; index < count && ends.some((end) => at(index) < end); index += 1) amountMinor += charge(index);
  amountMinor += (count - index) * charge(count - 1);
  const span = { from: at(MOST_LISTED), until: at(count - 1), count: count - MOST_LISTED };
  return [{ kind: 'further_charges', ...span, amountMinor, currency: price.currency }];
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
