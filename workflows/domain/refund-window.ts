import { addDays, DAY_MS, toMs, type Instant } from './instant.ts';

/**
 * Opens with the first successful payment and is never restarted; its closing instant still counts
 * as inside [R1.2, R10.6].
 */
export type RefundWindow = { opensAt: Instant; closesAt: Instant; usedAt: Instant | null; closedAt: Instant | null };

/** The window that a first payment opens; null where the offer has none. */
export const openWindow = (paidAt: Instant, windowDays: number): RefundWindow | null =>
  windowDays > 0 ? { opensAt: paidAt, closesAt: addDays(paidAt, windowDays), usedAt: null, closedAt: null } : null;

/** The days that it was opened with, whatever the purchase has become since [R27.4]. */
export const windowDays = ({ opensAt, closesAt }: RefundWindow): number => (toMs(closesAt) - toMs(opensAt)) / DAY_MS;

export function windowState(window: RefundWindow, now: Instant): 'open' | 'closed' | 'used' {
  if (window.usedAt) return 'used';
  return now <= window.closesAt ? 'open' : 'closed';
}

export const isInside = (window: RefundWindow, at: Instant): boolean => window.opensAt <= at && at <= window.closesAt;
