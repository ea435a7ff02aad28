import type { SubscriptionBilling } from './billing.ts';
import { addDays, fromMs, latest, toMs, toWholeSecond, type Instant } from './instant.ts';
import type { LastWarning, Overdue } from './overdue.ts';
import { paymentTriesOf, type LifecycleSettings } from './settings.ts';

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

export const nextWarning = (overdue: readonly Overdue[]): LastWarning | null =>
  overdue.flatMap(({ lastWarning }) => lastWarning ?? []).sort((a, b) => (a.at < b.at ? -1 : 1))[0] ?? null;
