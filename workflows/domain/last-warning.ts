import { accessStatus } from './access.ts';
import type { SubscriptionBilling } from './billing.ts';
import type { ChangeBuilder, Outcome } from './change.ts';
import { addDays, fromMs, latest, toMs, toWholeSecond, type Instant } from './instant.ts';
import { sumMinor } from './money.ts';
import type { LastWarning, Overdue } from './overdue.ts';
import type { PurchaseState } from './purchase.ts';
import { paymentTriesOf, type LifecycleSettings } from './settings.ts';
import { isSuspended } from './suspension.ts';
import { AUTOMATION } from './verb.ts';

/** So long before access ends; half of the time where there is less. */
const DAYS_BEFORE = 3;

type Tried = Pick<Overdue, 'attempts' | 'nextTryAt' | 'suspendsAt' | 'hasFailed'>;

/**
 * What an attempt of `triedAt` that failed means for the last warning: it is sent once while
 * anything is overdue, and only where access will end for it.
 */
export function lastWarningOf(
  tried: Tried,
  triedAt: Instant,
  { overdue }: SubscriptionBilling,
  settings: LifecycleSettings,
): Pick<Overdue, 'lastWarning' | 'isWarned'> {
  if (overdue.some(({ isWarned }) => isWarned)) return { isWarned: true };
  const end = tried.hasFailed ? endAhead(tried, settings) : null;
  if (end === null || end.accessEndsAt <= triedAt) return {};
  const planned = overdue.find(({ lastWarning }) => lastWarning?.accessEndsAt === end.accessEndsAt)?.lastWarning;
  return { lastWarning: planned ?? { ...end, at: warnAt(triedAt, end.accessEndsAt) } };
}

/** How access is going to end, as far as that is known; null = it is not, or is closed already. */
function endAhead(tried: Tried, settings: LifecycleSettings): Omit<LastWarning, 'at'> | null {
  if (settings.autoRevoke === 'off' || settings.autoRevoke === 'on_first_failure') return null;
  const { attempts, nextTryAt, suspendsAt = null } = tried;
  const lastTryAt = attempts >= paymentTriesOf(settings) - 1 ? nextTryAt : null;
  if (lastTryAt !== null && (suspendsAt === null || lastTryAt < suspendsAt))
    return { accessEndsAt: lastTryAt, isCanceled: true };
  return suspendsAt === null ? null : { accessEndsAt: suspendsAt, isCanceled: false };
}

const warnAt = (from: Instant, endsAt: Instant): Instant =>
  toWholeSecond(latest(addDays(endsAt, -DAYS_BEFORE), fromMs(Math.floor((toMs(from) + toMs(endsAt)) / 2))));

/** When the last warning is sent; null = it was, or there is none to send. */
export const lastWarningAt = (overdue: readonly Overdue[]): Instant | null => nextWarning(overdue)?.at ?? null;

const nextWarning = (overdue: readonly Overdue[]): LastWarning | null =>
  overdue.flatMap(({ lastWarning }) => lastWarning ?? []).sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null;

/** Sends it, unless nothing is open any more that could end, or ends before by itself. */
export function warnBeforeEnd(change: ChangeBuilder, state: PurchaseState, billing: SubscriptionBilling): Outcome {
  const warning = nextWarning(billing.overdue);
  const { cancellation, overdue } = billing;
  const endsBefore = warning && cancellation !== null && cancellation.at <= warning.accessEndsAt;
  if (warning && !endsBefore && !isSuspended(overdue) && accessStatus(state, change.at) !== 'none') {
    const { accessEndsAt, isCanceled } = warning;
    const [first] = overdue;
    const amountMinor = sumMinor(overdue.map((one) => one.amountMinor));
    const data = { accessEndsAt, isCanceled, amountMinor, currency: first?.currency ?? '' };
    change.entry('purchase.last-warning', data, AUTOMATION).email('payment-last-warning', 'customer', data);
  }
  const told = overdue.map(({ lastWarning: _told, ...one }) => ({ ...one, isWarned: true as const }));
  return change.to({ ...state, billing: { ...billing, overdue: told } });
}
