import type { MoneyEffect } from '../domain/outcome.ts';
import { sumMinor } from '../domain/money.ts';
import { refundableMinor, type Payment } from '../domain/payments.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { isInside } from '../domain/refund-window.ts';
import { isRemoved, isTakenAfterRequest } from '../domain/removal.ts';

/**
 * What changes of a purchase's offer have put on its customer's balance, and what of it is left
 * there: the rest has paid other invoices.
 */
export type Credit = { currency: string; grantedMinor: number; leftMinor: number };

const usedMinor = (credit: Credit | undefined): number => (credit ? credit.grantedMinor - credit.leftMinor : 0);

/**
 * The payments that were made in the window and of which something is left; with a removal also
 * those taken after it was asked for, but for what is disputed, which does not hold it up [R27.9].
 */
export function returned(state: PurchaseState): Payment[] {
  const { payments, refundWindow } = state;
  const given = payments.filter(
    (payment) =>
      refundWindow &&
      (isInside(refundWindow, payment.paidAt) || isTakenAfterRequest(state, payment.paidAt)) &&
      refundableMinor(payment) > 0,
  );
  return isRemoved(state) ? given.filter(({ disputedAt }) => !disputedAt) : given;
}

type Part = { payment: Payment; amountMinor: number };

/**
 * What is given back of each payment: all of it, less the credit that was used, which is kept of
 * the latest payments first [R27.4].
 */
export function refundsOf(state: PurchaseState, credit: Credit | undefined): Part[] {
  const payments = returned(state);
  return payments.flatMap((payment, index) => {
    const ofLater = sumMinor(payments.slice(index + 1).map(refundableMinor));
    const keptMinor = Math.max(0, usedMinor(credit) - ofLater);
    const amountMinor = Math.max(0, refundableMinor(payment) - keptMinor);
    return amountMinor > 0 ? [{ payment, amountMinor }] : [];
  });
}

/** What money-back does to money, in the order in which it is done. */
export function moneyGivenBack(state: PurchaseState, credit: Credit | undefined): MoneyEffect[] {
  const effects: MoneyEffect[] = [];
  if (credit && credit.leftMinor > 0)
    effects.push({ kind: 'credit_withdrawn', amountMinor: credit.leftMinor, currency: credit.currency });
  if (credit && usedMinor(credit) > 0)
    effects.push({ kind: 'credit_used', amountMinor: usedMinor(credit), currency: credit.currency });
  const refunds = refundsOf(state, credit).map(
    ({ payment: { paymentId, currency }, amountMinor }) =>
      ({ kind: 'refund', paymentId, amountMinor, currency }) as const,
  );
  return [...effects, ...refunds];
}
