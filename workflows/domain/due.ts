import { isLive } from './billing.ts';
import { fromMs, toMs, type Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** Instants that we act on, and Stripe's, which are listed and only checked some hours later. */
export const DUE_KINDS = [
  'trial-ends',
  'renewal',
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
export const OVERDUE_AFTER_MS = 6 * 60 * 60 * 1000;

/** The instants at which Stripe will act. */
function stripeDues({ billing }: PurchaseState): Due[] {
  if (!isLive(billing)) return [];
  const dues: Due[] = [];
  const add = (kind: DueKind, at: Instant | null | undefined) => at && dues.push({ kind, at, owner: 'stripe' });
  const { cancellation, periodEnd } = billing;
  add('cancellation', cancellation?.at);
  add('payment-retry', billing.overdue?.nextTryAt);
  const endsFirst = cancellation !== null && periodEnd !== null && cancellation.at <= periodEnd;
  if (!endsFirst) add(billing.phase === 'trialing' ? 'trial-ends' : 'renewal', periodEnd);
  return dues;
}

/** The instants at which we act ourselves. */
function ownDues(state: PurchaseState): Due[] {
  const dues: Due[] = [];
  const add = (kind: DueKind, at: Instant | null | undefined) => at && dues.push({ kind, at, owner: 'perennial' });
  const { billing, refundWindow, access, reached } = state;
  if (isLive(billing)) add('resume', billing.pause?.resumeAt);
  if (access && !reached.accessStarted) add('access-starts', access.startsAt);
  if (access && !reached.accessExpired) add('access-expires', access.endsAt);
  if (refundWindow && !refundWindow.closedAt && !refundWindow.usedAt) add('refund-window-closes', refundWindow.closesAt);
  return dues;
}

/** Everything that is due for a purchase, earliest first: what is listed here is what then happens [R23.1]. */
export const dueList = (state: PurchaseState): Due[] =>
  [...ownDues(state), ...stripeDues(state)].sort((a, b) => (a.at === b.at ? order(a) - order(b) : a.at < b.at ? -1 : 1));

/** At one instant Stripe comes before us; among ours, the order of `DUE_KINDS`. */
const order = (due: Due): number => DUE_KINDS.indexOf(due.kind);

/** What the workflow's timer waits for: our own instants, and an overdue check behind Stripe's. */
export function nextDeadline(state: PurchaseState): Due | null {
  const checks = stripeDues(state).map(({ at }) => overdueCheck(state, at));
  const all = [...ownDues(state), ...checks].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : order(a) - order(b)));
  return all[0] ?? null;
}

/** Some hours behind Stripe's instant; when Stripe was read since and still has not moved, the same time again. */
function overdueCheck(state: PurchaseState, at: Instant): Due {
  const waited = toMs(at) + OVERDUE_AFTER_MS;
  const again = state.stripe.checkedAt ? toMs(state.stripe.checkedAt) + OVERDUE_AFTER_MS : 0;
  return { kind: 'stripe-overdue', at: fromMs(Math.max(waited, again)), owner: 'perennial' };
}
