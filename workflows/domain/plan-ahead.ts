import { cancellationOf } from './billing-parts.ts';
import { isLive, overdueOf, type SubscriptionBilling } from './billing.ts';
import { addIntervals, intervalsUntil } from './calendar.ts';
import { afterDiscounts, chargesFrom, chargesUntil, perPeriod, runningCycle } from './charges.ts';
import { chargesLeft } from './instalment-count.ts';
import { instalmentsOf } from './instalments.ts';
import type { Instant } from './instant.ts';
import { sumMinor, type Money } from './money.ts';
import type { PurchaseState } from './purchase.ts';

// What is ahead of a payment plan as things stand. A pause without a date leaves all of it open.

type Ahead = { at: (index: number) => Instant; left: number };

/** null = it is no live plan, Stripe has not said yet when its period runs, or it is paused. */
function ahead(state: PurchaseState): Ahead | null {
  const { billing } = state;
  if (!isLive(billing) || !billing.instalments) return null;
  const cycle = runningCycle(state);
  const from = cycle && chargesFrom(state, cycle);
  if (!cycle || from === null) return null;
  const { anchor, interval } = cycle;
  const first = intervalsUntil(anchor, interval, from);
  return { at: (index) => addIntervals(anchor, interval, first + index), left: chargesLeft(billing) };
}

/**
 * The instants of the instalments still to be charged, the earliest first. A cancellation comes
 * before a charge of the same instant.
 */
export function instalmentsAhead(state: PurchaseState): { at: Instant; completes: boolean }[] {
  const plan = ahead(state);
  const endsAt = cancellationOf(state.billing)?.at;
  if (!plan) return [];
  return Array.from({ length: plan.left }, (_, index) => ({
    at: plan.at(index),
    completes: index === plan.left - 1,
  })).filter(({ at }) => endsAt === undefined || at < endsAt);
}

/** An instalment still to be charged. */
export type Instalment = Money & { at: Instant };

/** The same with what each comes to after its discounts; null = it is no plan, or none is left. */
export function instalmentsToCome(state: PurchaseState): Instalment[] | null {
  const price = perPeriod(state);
  const ahead = price ? instalmentsAhead(state) : [];
  if (!price || ahead.length === 0) return null;
  return ahead.map(({ at }, index) => ({
    at,
    amountMinor: afterDiscounts(state, price, at, index === 0),
    currency: price.currency,
  }));
}

/**
 * The plan's own end: its last charge, after which nothing is left to cancel [R8.1], or the end of
 * the running period if only that is still to be paid. null = not known.
 */
export function planEndsAt(state: PurchaseState): Instant | null {
  const plan = ahead(state);
  return plan && plan.at(Math.max(0, plan.left - 1));
}

/**
 * Where Stripe is to stop by itself: at the end of the period that the last instalment pays for.
 * null = nowhere, since it is no running plan, or ends before.
 */
export function stopWanted(state: PurchaseState): Instant | null {
  const { billing, startedAt, duplicateOf } = state;
  const isRunning = isLive(billing) && !billing.pause && !billing.cancellation;
  if (!isRunning || startedAt === null || duplicateOf !== null) return null;
  const plan = ahead(state);
  return plan && plan.at(plan.left);
}

/** Whether a date at Stripe is the plan's safety stop, and no cancellation. */
export function isStop(state: PurchaseState, cancelAt: Instant): boolean {
  const { billing } = state;
  if (!isLive(billing) || !billing.instalments || billing.cancellation?.at === cancelAt) return false;
  const endsAt = planEndsAt(state);
  return cancelAt === billing.instalments.stopAt || (endsAt !== null && cancelAt > endsAt);
}

/**
 * What a live plan still charges as things stand: what is overdue, and each instalment after the
 * discounts that hold for it. A pause without a date counts as one that ends now. null = it is no
 * live plan.
 */
export function leftToPay(state: PurchaseState): Money | null {
  const price = perPeriod(state);
  if (!isLive(state.billing) || !state.billing.instalments || price === null) return null;
  const overdue = overdueOf(state.billing).map(({ amountMinor }) => amountMinor);
  return { amountMinor: sumMinor([...overdue, ...amountsAhead(state, price)]), currency: price.currency };
}

function amountsAhead(state: PurchaseState, price: Money): number[] {
  const { billing } = state;
  if (!isLive(billing)) return [];
  if (billing.cancellation)
    return chargesUntil(state, billing.cancellation.at).flatMap((charge) =>
      'amountMinor' in charge ? (charge.amountMinor ?? []) : [],
    );
  const isOpen = billing.pause?.resumeAt === null;
  const ahead = instalmentsAhead(isOpen ? { ...state, billing: { ...billing, pause: null } } : state);
  const instants = [...asked(state), ...ahead.map(({ at }) => at)];
  return instants.map((at, index) => afterDiscounts(state, price, at, index === 0));
}

/** The start of the running period, while its instalment is neither paid nor overdue. */
const asked = ({ billing }: PurchaseState): Instant[] =>
  isLive(billing) && isAsked(billing) && billing.periodStart !== null ? [billing.periodStart] : [];

/** Whether the running period's instalment is still to be paid, and not overdue. */
export function isAsked(billing: SubscriptionBilling): boolean {
  if (billing.pause || billing.overdue.length > 0) return false;
  const { paid, total } = instalmentsOf(billing) ?? { paid: 0, total: 0 };
  return total - paid > chargesLeft(billing);
}
