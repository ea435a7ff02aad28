import { endsDue, remindersDue } from './calls/call-deadlines.ts';
import { cardNoticeAt } from './card-expiry.ts';
import { chargeNoticeAt } from './charge-notice.ts';
import { cancellationOf, hasEndedAccess } from './billing-parts.ts';
import { isLive, overdueOf, type SubscriptionBilling } from './billing.ts';
import { nextExpiryAt } from './credits/ledger.ts';
import { nextIssue } from './credits/next-issue.ts';
import { nextWarningAt } from './credits/warn-of-expiry.ts';
import { chargesLeft } from './instalment-count.ts';
import { instalmentsAhead } from './plan-ahead.ts';
import { addDays, fromMs, toMs, type Instant } from './instant.ts';
import { lastWarningAt } from './last-warning.ts';
import { isDecidingPause } from './pending.ts';
import type { PurchaseState } from './purchase.ts';
import { suspendsNextAt } from './suspension.ts';

/** Instants at which Stripe acts. They are listed, and checked some hours later. */
const STRIPE_DUE_KINDS = [
  'trial-ends',
  'offer-change',
  'renewal',
  'instalment',
  'last-instalment',
  'period-ends',
  'payment-retry',
  'cancellation',
] as const;
type StripeDueKind = (typeof STRIPE_DUE_KINDS)[number];

/** Instants at which we act. */
const OWN_DUE_KINDS = [
  'credit-expiry',
  'credit-issue',
  'resume',
  'access-starts',
  'access-expires',
  'access-suspends',
  'last-warning',
  'card-notice',
  'trial-notice',
  'payment-notice',
  'refund-window-closes',
  'credit-warning',
  'call-reminder',
  'call-end',
] as const;

/** The order at one instant: Stripe before us, and last the check whether Stripe has acted. */
export const DUE_KINDS = [...STRIPE_DUE_KINDS, ...OWN_DUE_KINDS, 'stripe-overdue'] as const;
export type DueKind = (typeof DUE_KINDS)[number];

type StripeDue = { kind: StripeDueKind; at: Instant; owner: 'stripe' };

/** What our timer waits for; `applyDeadline` says what each kind does. */
export type OwnDue = { kind: Exclude<DueKind, StripeDueKind>; at: Instant; owner: 'perennial' };

export type Due = StripeDue | OwnDue;

/** How long after one of Stripe's instants we wait for an event before we read Stripe. */
const OVERDUE_AFTER_MS = 6 * 60 * 60 * 1000;

type When = Instant | null | undefined;

/** When Stripe will do each of them. A kind without its instants does not compile. */
const STRIPE_DUES: Record<StripeDueKind, (billing: SubscriptionBilling, state: PurchaseState) => When[]> = {
  'trial-ends': (billing) => periodEndAs('trial-ends', billing),
  'offer-change': ({ pendingChange }) => [pendingChange?.at],
  renewal: (billing) => periodEndAs('renewal', billing),
  instalment: (_billing, state) => instalmentsAs(false, state),
  'last-instalment': (_billing, state) => instalmentsAs(true, state),
  'period-ends': (billing) => periodEndAs('period-ends', billing),
  'payment-retry': ({ overdue }) => overdue.map(({ nextTryAt }) => nextTryAt),
  cancellation: ({ cancellation }) => [cancellation?.at],
};

/** The instants at which Stripe will act. */
function stripeDues(state: PurchaseState): StripeDue[] {
  const { billing } = state;
  if (!isLive(billing)) return [];
  return STRIPE_DUE_KINDS.flatMap((kind) =>
    STRIPE_DUES[kind](billing, state).flatMap((at) => (at ? [{ kind, at, owner: 'stripe' as const }] : [])),
  );
}

/**
 * The end of the period, if it is of this kind as things stand; none if a cancellation comes first.
 */
function periodEndAs(kind: StripeDueKind, billing: SubscriptionBilling): When[] {
  const { cancellation, periodEnd } = billing;
  const endsFirst = cancellation !== null && periodEnd !== null && cancellation.at <= periodEnd;
  return endsFirst || kindOfPeriodEnd(billing) !== kind ? [] : [periodEnd];
}

/** Of a plan each charge is listed, since their number is known. */
const instalmentsAs = (completes: boolean, state: PurchaseState): Instant[] =>
  instalmentsAhead(state).flatMap((one) => (one.completes === completes ? one.at : []));

/**
 * Nothing is charged for a period that ends while paused [R7.2]; at one instant the resume comes
 * first. A plan's charge is no renewal.
 */
function kindOfPeriodEnd(billing: SubscriptionBilling): StripeDueKind {
  const { phase, pause, periodEnd } = billing;
  if (phase === 'trialing') return 'trial-ends';
  const resumesFirst = pause?.resumeAt && periodEnd && pause.resumeAt <= periodEnd;
  if ((pause && !resumesFirst) || chargesLeft(billing) === 0) return 'period-ends';
  return billing.instalments ? 'instalment' : 'renewal';
}

/** When we act. What was done is not due any more. */
const OWN_DUES: Record<(typeof OWN_DUE_KINDS)[number], (state: PurchaseState) => When | When[]> = {
  resume: ({ billing }) => (isLive(billing) ? billing.pause?.resumeAt : null),
  'access-starts': ({ access, reached, billing }) =>
    reached.accessStarted || hasEndedAccess(billing) ? null : access?.startsAt,
  'access-expires': ({ access, reached, billing }) =>
    reached.accessExpired || hasEndedAccess(billing) ? null : access?.endsAt,
  'access-suspends': ({ billing }) => suspendsNextAt(overdueOf(billing)),
  'last-warning': ({ billing }) => lastWarningAt(overdueOf(billing)),
  'card-notice': cardNoticeAt,
  'trial-notice': (state) => chargeNoticeAt(state, 'trial'),
  'payment-notice': (state) => chargeNoticeAt(state, 'payment'),
  'refund-window-closes': ({ refundWindow }) =>
    refundWindow?.closedAt || refundWindow?.usedAt ? null : refundWindow?.closesAt,
  'credit-expiry': ({ credits }) => credits && nextExpiryAt(credits),
  'credit-issue': (state) => nextIssue(state)?.at,
  'credit-warning': ({ credits }) => credits && nextWarningAt(credits),
  'call-reminder': remindersDue,
  'call-end': endsDue,
};

/** The instants at which we act ourselves. */
const ownDues = (state: PurchaseState): OwnDue[] =>
  OWN_DUE_KINDS.flatMap((kind) =>
    [OWN_DUES[kind](state)].flat().flatMap((at) => (at ? [{ kind, at, owner: 'perennial' as const }] : [])),
  );

/**
 * Everything that is due for a purchase, earliest first: what is listed here is what then happens
 * [R23.1].
 */
export const dueList = (state: PurchaseState): Due[] => [...ownDues(state), ...stripeDues(state)].sort(byTime);

/**
 * The list as people see it at `now`. One of Stripe's dates that has passed without an event
 * appears as the check that will follow.
 */
export function upcoming(state: PurchaseState, now: Instant): Due[] {
  const isMissed = ({ owner, at }: Due) => owner === 'stripe' && at < now;
  const dues = dueList(state).filter((due) => isToCome(due, state, now));
  const checks = dues.filter(isMissed).map(({ at }) => overdueCheck(state, at));
  return [...dues.filter((due) => !isMissed(due)), ...checks.slice(0, 1)].sort(byTime);
}

/** What a card says lies years ahead mostly; by then it is another one. */
const CARD_LISTED_DAYS = 366;

/**
 * Not a credit that waits for its payment, nor what of credits a pending cancellation forfeits
 * first [R19.4].
 */
function isToCome({ kind, at }: Due, { billing }: PurchaseState, now: Instant): boolean {
  if (kind === 'credit-issue') return at >= now;
  if (kind === 'card-notice') return at < addDays(now, CARD_LISTED_DAYS);
  const endsAt = kind === 'credit-expiry' || kind === 'credit-warning' ? cancellationOf(billing)?.at : undefined;
  return endsAt === undefined || at < endsAt;
}

/**
 * What the workflow's timer waits for: our own instants and, unless Stripe is being read already, a
 * check some hours after each of Stripe's.
 */
export function nextDeadline(state: PurchaseState, isReading = false): OwnDue | null {
  const checks = isReading ? [] : stripeDues(state).map(({ at }) => overdueCheck(state, at));
  const dues = [...ownDues(state), ...checks].sort(byTime);
  return dues.find(({ kind }) => isOurs(kind, state)) ?? null;
}

/** Not what a pending verb decides, nor a credit whose payment brings it. */
function isOurs(kind: OwnDue['kind'], state: PurchaseState): boolean {
  if (kind === 'resume') return !isDecidingPause(state);
  return kind !== 'credit-issue' || nextIssue(state)?.isPaid === true;
}

/** By instant; at one, in the order of `DUE_KINDS`. */
function byTime(a: Due, b: Due): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return DUE_KINDS.indexOf(a.kind) - DUE_KINDS.indexOf(b.kind);
}

/**
 * Some hours after Stripe's instant. If Stripe was read since and had not acted, the same time
 * again.
 */
function overdueCheck({ stripe }: PurchaseState, at: Instant): OwnDue {
  const since = stripe.checkedAt && stripe.checkedAt > at ? stripe.checkedAt : at;
  return { kind: 'stripe-overdue', at: fromMs(toMs(since) + OVERDUE_AFTER_MS), owner: 'perennial' };
}
