import { overdueOf } from '../../workflows/domain/billing.ts';
import type { Overdue } from '../../workflows/domain/overdue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { refundedMinor, type Payment as Paid } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Columns } from '../columns.ts';
import type { Payment } from '../entities/payment.ts';

/** What the tries of an invoice leave; it stays when the invoice is paid. */
type OfTries = 'failedAt' | 'attempts' | 'nextTryAt' | 'declineCode' | 'needsConfirmation' | 'canceledAt';
type Computed = 'at' | 'state';
/** No record has these: they are read from Stripe. */
type OfReceipt = 'cardBrand' | 'cardLast4' | 'isCardRead' | 'receiptNumber';

export type PaidColumns = Omit<Columns<Payment>, OfTries | OfReceipt | Computed>;
export type OpenColumns = Omit<Columns<Payment>, OfReceipt | Computed>;

export const paidRow = (state: PurchaseState, payment: Paid): PaidColumns => ({
  accountId: state.accountId,
  id: payment.paymentId,
  purchaseId: state.purchaseId,
  contactId: state.contactId,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  refundedMinor: refundedMinor(payment),
  paidAt: payment.paidAt,
  periodStart: payment.periodStart,
  periodEnd: payment.periodEnd,
  disputedAt: payment.disputedAt,
  disputes: payment.disputes ?? [],
});

/** Every invoice that is open after a try. */
export const openRows = (state: PurchaseState): OpenColumns[] =>
  overdueOf(state.billing).map((overdue) => openRow(state, overdue));

const openRow = ({ accountId, purchaseId, contactId }: PurchaseState, overdue: Overdue): OpenColumns => ({
  accountId,
  id: overdue.invoiceId,
  purchaseId,
  contactId,
  amountMinor: overdue.amountMinor,
  currency: overdue.currency,
  refundedMinor: 0,
  paidAt: null,
  periodStart: null,
  periodEnd: null,
  disputedAt: null,
  disputes: [],
  failedAt: overdue.since,
  attempts: overdue.attempts,
  nextTryAt: overdue.nextTryAt,
  declineCode: overdue.declineCode,
  needsConfirmation: overdue.needsConfirmation,
  canceledAt: null,
});

/** A purchase of which whatever else was open is given up. */
export type Kept = { purchaseId: string; keptIds: string[]; at: Instant };

/**
 * Of a purchase whose invoices may have been voided or given up: those that were not. Where nothing
 * can have been, there is nothing to say.
 */
export function keptOf({ billing, purchaseId }: PurchaseState, paid: Paid[], at: Instant): Kept[] {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return [];
    case 'subscription': {
      const { closedInvoiceIds, pause, ended, overdue } = billing;
      if (closedInvoiceIds.length === 0 && !pause && !ended) return [];
      const open = overdue.map(({ invoiceId }) => invoiceId);
      return [{ purchaseId, keptIds: [...open, ...paid.map(({ paymentId }) => paymentId)], at }];
    }
  }
}
