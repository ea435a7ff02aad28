import { runningCycle } from './charges.ts';
import type { Fact, InvoiceFact } from './facts.ts';
import { sumMinor, type Money } from './money.ts';
import { refundableMinor, type Payment } from './payments.ts';
import type { PendingCommand } from './pending.ts';
import type { PurchaseState } from './purchase.ts';
import { isInside } from './refund-window.ts';
import { byPaidAt } from './take-payment.ts';

/** So many of the latest stay in the state, whatever is known of them. */
const MOST_RECENT = 12;

/**
 * The state without the payments that nothing can happen to unless they are named: what stays are
 * the latest, those of an unused refund window, those with a refund or dispute under way, and the
 * one from which the periods are counted. The same object where all of them stay.
 */
export function withoutEarlier(state: PurchaseState): PurchaseState {
  const { payments, earlierPayments, duplicateOf } = state;
  if (payments.length <= MOST_RECENT || duplicateOf) return state;
  const [isNeeded, recent] = [neededOf(state), payments.slice(-MOST_RECENT)];
  const gone = payments.slice(0, -MOST_RECENT).filter((payment) => !isNeeded(payment));
  if (gone.length === 0) return state;
  const { count = 0, leftMinor = 0, until } = earlierPayments ?? {};
  const last = gone.at(-1)!.paidAt;
  return {
    ...state,
    payments: payments.filter((payment) => recent.includes(payment) || isNeeded(payment)),
    earlierPayments: {
      count: count + gone.length,
      leftMinor: leftMinor + sumMinor(gone.map(refundableMinor)),
      until: until !== undefined && until > last ? until : last,
    },
  };
}

function neededOf(state: PurchaseState): (payment: Payment) => boolean {
  const { refundWindow, pending, attentions } = state;
  const anchor = runningCycle(state)?.anchor;
  const named = new Set([
    ...attentions.map(({ id }) => id),
    ...[pending, ...attentions.map(({ command }) => command)].flatMap((command) =>
      command ? refundedBy(command) : [],
    ),
  ]);
  return (payment) =>
    named.has(payment.paymentId) ||
    (anchor !== undefined && payment.periodStart === anchor) ||
    (refundWindow !== null && !refundWindow.usedAt && isInside(refundWindow, payment.paidAt)) ||
    payment.disputedAt !== null ||
    (payment.disputes ?? []).some(({ status }) => status === 'inquiry') ||
    payment.refunds.some(({ status }) => status === 'pending');
}

const refundedBy = ({ writes, refused }: PendingCommand): string[] =>
  [...writes, ...refused.map(({ write }) => write)].flatMap((write) =>
    write.op === 'refund' ? [write.paymentId] : [],
  );

/** The state with payments that stood in Postgres alone; those that it has are its own. */
export function withRecalled(state: PurchaseState, recalled: readonly Payment[]): PurchaseState {
  const { payments, earlierPayments } = state;
  const back = recalled.filter(({ paymentId }) => !payments.some((one) => one.paymentId === paymentId));
  if (!earlierPayments || back.length === 0) return state;
  return {
    ...state,
    payments: [...payments, ...back].sort(byPaidAt),
    earlierPayments: {
      ...earlierPayments,
      count: earlierPayments.count - back.length,
      leftMinor: earlierPayments.leftMinor - sumMinor(back.map(refundableMinor)),
    },
  };
}

/** Paid and not given back; null = nothing ever. Payments of a purchase have one currency. */
export function paidInAll({ payments, earlierPayments }: PurchaseState): Money | null {
  const [first] = payments;
  if (!first) return null;
  const amountMinor = sumMinor(payments.map(refundableMinor)) + (earlierPayments?.leftMinor ?? 0);
  return { amountMinor, currency: first.currency };
}

/**
 * Whether an invoice is paid as far as the state knows. An event names its invoice, so that its
 * payment has come back; what a reading lists besides, from the time of those that are gone, is
 * one of them.
 */
export const isPaidAlready = (
  { payments, earlierPayments }: PurchaseState,
  { object, source }: Fact & { object: InvoiceFact },
): boolean =>
  payments.some(({ paymentId }) => paymentId === object.invoiceId) ||
  (source === 'read' &&
    earlierPayments !== undefined &&
    object.paidAt !== null &&
    object.paidAt <= earlierPayments.until);
