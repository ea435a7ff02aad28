import type { EntityManager } from '@mikro-orm/postgresql';
import { withRecalled } from '../../workflows/domain/earlier-payments.ts';
import type { Payment as Paid } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { Payment } from '../entities/payment.ts';
import type { Purchase } from '../entities/purchase.ts';
import { Refund } from '../entities/refund.ts';

/**
 * Payments of a purchase as a snapshot has them, made of their rows; its own keeps the latest ones
 * only. `ids` = these alone.
 */
export async function readPayments(em: EntityManager, purchaseId: string, ids?: readonly string[]): Promise<Paid[]> {
  const where = { purchaseId, paidAt: { $ne: null }, ...(ids && { id: { $in: [...ids] } }) };
  const payments = await em.find(Payment, where, { disableIdentityMap: true });
  const paymentIds = payments.map(({ id }) => id);
  const refunds = await em.find(
    Refund,
    { purchaseId, paymentId: { $in: paymentIds } },
    { orderBy: { createdAt: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
  const byPayment = Map.groupBy(refunds, ({ paymentId }) => paymentId);
  return payments.map((payment) => paidOf(payment, byPayment.get(payment.id) ?? []));
}

const paidOf = (payment: Payment, refunds: Refund[]): Paid => ({
  paymentId: payment.id,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  paidAt: payment.paidAt!,
  periodStart: payment.periodStart,
  periodEnd: payment.periodEnd,
  refunds: refunds.map(({ id, amountMinor, status, createdAt, commandId }) => ({
    refundId: id,
    amountMinor: -amountMinor,
    status,
    createdAt,
    commandId,
  })),
  disputedAt: payment.disputedAt,
  ...(payment.disputes.length > 0 && { disputes: payment.disputes }),
});

/** A snapshot with all of its payments, as people read it. */
export async function wholeState(em: EntityManager, state: PurchaseState): Promise<PurchaseState> {
  return state.earlierPayments ? withRecalled(state, await readPayments(em, state.purchaseId)) : state;
}

/** A purchase with all of its payments: an entity that nobody manages. */
export async function withAllPayments(em: EntityManager, purchase: Purchase): Promise<Purchase> {
  purchase.snapshot = await wholeState(em, purchase.snapshot);
  return purchase;
}
