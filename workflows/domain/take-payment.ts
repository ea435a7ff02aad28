import type { Fact, InvoiceFact } from './facts.ts';
import type { Instant } from './instant.ts';
import type { Payment } from './payments.ts';
import type { PurchaseState } from './purchase.ts';
import { openWindow, windowDays } from './refund-window.ts';

/** A paid invoice as a payment of its purchase. */
export const paymentOf = ({ object, occurredAt }: Fact & { object: InvoiceFact }): Payment => ({
  paymentId: object.invoiceId,
  amountMinor: object.amountPaidMinor,
  currency: object.currency,
  paidAt: object.paidAt ?? occurredAt,
  periodStart: object.periodStart,
  periodEnd: object.periodEnd,
  refunds: [],
  disputedAt: null,
});

/** The state with another payment, the oldest first; the first one opens the refund window. */
export const withPayment = (state: PurchaseState, payment: Payment): PurchaseState => ({
  ...state,
  payments: [...state.payments, payment].sort(byPaidAt),
  refundWindow: windowAfter(state, payment),
});

/** The state after a charge that is to come; if it is the first, it opens the refund window. */
export const withWindowFrom = (state: PurchaseState, paidAt: Instant): PurchaseState => ({
  ...state,
  refundWindow: windowAfter(state, { paidAt }),
});

export const byPaidAt = (a: Payment, b: Payment): number =>
  a.paidAt === b.paidAt ? (a.paymentId < b.paymentId ? -1 : 1) : a.paidAt < b.paidAt ? -1 : 1;

/**
 * The first payment may arrive after a later one; the window still follows the first [R10.6]. A
 * duplicate has no window.
 */
function windowAfter(state: PurchaseState, { paidAt }: Pick<Payment, 'paidAt'>): PurchaseState['refundWindow'] {
  const { refundWindow, terms, duplicateOf } = state;
  if (duplicateOf) return null;
  if (refundWindow && refundWindow.opensAt <= paidAt) return refundWindow;
  const opened = openWindow(paidAt, refundWindow ? windowDays(refundWindow) : terms.refundWindowDays);
  return opened && refundWindow ? { ...refundWindow, opensAt: opened.opensAt, closesAt: opened.closesAt } : opened;
}
