import type { Payment as Paid } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Columns } from '../columns.ts';
import type { Dispute } from '../entities/dispute.ts';

/** The disputes of a payment, each as a record of its own [R10.5]. */
export const disputeRows = (
  { accountId, purchaseId }: PurchaseState,
  { paymentId, currency, disputes = [] }: Paid,
): Columns<Dispute>[] =>
  disputes.map((dispute) => ({
    accountId,
    id: dispute.disputeId,
    purchaseId,
    paymentId,
    state: dispute.status,
    stripeStatus: dispute.stripeStatus ?? null,
    amountMinor: dispute.amountMinor,
    currency,
    reason: dispute.reason ?? null,
    evidenceDueAt: dispute.evidenceDueAt ?? null,
    openedAt: dispute.since,
    closedAt: dispute.closedAt ?? null,
  }));
