import { hasEndedAccess } from './billing-parts.ts';
import { isLive, type SubscriptionBilling } from './billing.ts';
import { fromMs, toMs, type Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** Instants that we act on, and Stripe's, which are listed and only checked some hours later. */
export const DUE_KINDS = [
  'trial-ends',
  'renewal',
  'period-ends',
  'payment-retry',
  'cancellation',
  'resume',
  'access-starts',
  'access-expires',
  'refund-window-closes',
  'stripe-overdue',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export type Due = { kind: DueKind; at: Instant; owner: 'perennial' | 'stripe' };

/** How long after one of Stripe's instants we wait for its word before we read Stripe ourselves. */
const OVERDUE_AFTER_MS = 6 * 60 * 60 * 1000;

/** The instants at which Stripe will act. */
function stripeDues({ billing }: PurchaseState): Due[] {
  if (!isLive(billing)) return [];
  const dues: Due[] = [];
  const add = (kind: DueKind, at: Instant | null | undefined) => at && dues.push({ kind, at, owner: 'stripe' });
  const { cancellation, periodEnd } = billing;
  add('cancellation', cancellation?.at);
  for (const { nextTryAt } of billing.overdue) add('payment-retry', nextTryAt);
  const endsFirst = cancellation !== null && periodEnd !== null && cancellation.at <= periodEnd;
  if (!endsFirst) add(kindOfPeriodEnd(billing), periodEnd);
  return dues;
}

/**
 * Nothing is charged for a period that ends while paused [R7.2]; at one instant the resume comes
 * first.
 */
function kindOfPeriodEnd({ phase, pause, periodEnd }: SubscriptionBilling): DueKind {
  if (phase === 'trialing') return 'trial-ends';
  const resumesFirst = pause?.resumeAt && periodEnd && pause.resumeAt <= periodEnd;
  return pause && !resumesFirst ? 'period-ends' : 'renewal';
}

/** The instants at which we act ourselves. */
function ownDues(state: PurchaseState): Due[] {
  const dues: Due[] = [];
  const add = (kind: DueKind, at: Instant | null | undefined) => at && dues.push({ kind, at, owner: 'perennial' });
  const { billing, refundWindow, access, reached } = state;
  if (isLive(billing)) add('resume', billing.pause?.resumeAt);
  const isOver = hasEndedAccess(billing);
  if (access && !isOver && !reached.accessStarted) add('access-starts', access.startsAt);
  if (access && !isOver && !reached.accessExpired) add('access-expires', access.endsAt);
  if (refundWindow && !refundWindow.closedAt && !refundWindow.usedAt)
    add('refund-window-closes', refundWindow.closesAt);
  return dues;
}

/**
 * Everything that is due for a purchase, earliest first: what is listed here is what then happens
 * [R23.1].
 */
export const dueList = (state: PurchaseState): Due[] => [...ownDues(state), ...stripeDues(state)].sort(byTime);

/**
 * The list as people see it at `now`. A Stripe date that has passed without news appears as the
 * check to come.
 */
export function upcoming(state: PurchaseState, now: Instant): Due[] {
  const isMissed = ({ owner, at }: Due) => owner === 'stripe' && at < now;
  const dues = dueList(state);
  const checks = dues.filter(isMissed).map(({ at }) => overdueCheck(state, at));
  return [...dues.filter((due) => !isMissed(due)), ...checks.slice(0, 1)].sort(byTime);
}

/**
 * What the workflow's timer waits for: our own instants and, unless Stripe is being read already, a
 * check some hours after each of Stripe's.
 */
export function nextDeadline(state: PurchaseState, isReading = false): Due | null {
  const checks = isReading ? [] : stripeDues(state).map(({ at }) => overdueCheck(state, at));
  const own = ownDues(state).filter(({ kind }) => kind !== 'resume' || !isDecidingPause(state));
  return [...own, ...checks].sort(byTime)[0] ?? null;
}

/**
 * A verb that changes the pause and is on its way to Stripe was asked before the resume date, so
 * that date waits for its answer.
 */
const isDecidingPause = ({ pending }: PurchaseState): boolean =>
  pending?.writes.some(({ op }) => op === 'pauseCollection' || op === 'resumeCollection') ?? false;

/** At one instant Stripe comes before us; among ours, the order of `DUE_KINDS`. */
function byTime(a: Due, b: Due): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return DUE_KINDS.indexOf(a.kind) - DUE_KINDS.indexOf(b.kind);
}

/**
 * Some hours after Stripe's instant. If Stripe was read since and still has not moved, the same
 * time again.
 */
function overdueCheck({ stripe }: PurchaseState, at: Instant): Due {
  const since = stripe.checkedAt && stripe.checkedAt > at ? stripe.checkedAt : at;
  return { kind: 'stripe-overdue', at: fromMs(toMs(since) + OVERDUE_AFTER_MS), owner: 'perennial' };
}
