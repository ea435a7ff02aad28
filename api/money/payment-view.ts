import type { z } from 'zod';
import type { Payment } from '../../db/entities/payment.ts';
import type { Refund } from '../../db/entities/refund.ts';
import type { ListedPayment } from '../../db/money/payments.ts';
import { declineWords } from '../../emails/words/decline.ts';
import type { Dispute } from '../../workflows/domain/payments.ts';
import { documentNumber } from '../../workflows/domain/receipt-figures.ts';
import type { paymentSchema } from './payment-schema.ts';

type ApiPayment = z.input<typeof paymentSchema>;

export function toApiPayment({ payment, refunds, purchase, documents }: ListedPayment): ApiPayment {
  const { currency, declineCode } = payment;
  return {
    id: payment.id,
    purchaseId: payment.purchaseId,
    contactId: payment.contactId,
    contact: purchase.contact,
    offer: purchase.offer,
    state: payment.state,
    amountMinor: payment.amountMinor,
    currency,
    refundedMinor: payment.refundedMinor,
    at: payment.at,
    paidAt: payment.paidAt,
    failedAt: payment.failedAt,
    attempts: payment.attempts,
    nextTryAt: isOpen(payment) ? payment.nextTryAt : null,
    declineCode,
    declineReason: declineWords(declineCode),
    canceledAt: payment.paidAt === null ? payment.canceledAt : null,
    periodStart: payment.periodStart,
    periodEnd: payment.periodEnd,
    disputedAt: payment.disputedAt,
    card: cardOf(payment),
    receiptNumber: numberIn(documents, null),
    refunds: refunds.map((refund) => toApiRefund(refund, documents)),
    disputes: payment.disputes.map((dispute) => toApiDispute(dispute, currency)),
  };
}

const cardOf = ({ cardBrand: brand, cardLast4: last4 }: Payment) =>
  brand !== null && last4 !== null ? { brand, last4 } : null;

/** `refundId` null = of the payment itself. */
function numberIn(documents: ListedPayment['documents'], refundId: string | null): string | null {
  const found = documents.find((one) => one.refundId === refundId);
  return found ? documentNumber(refundId === null ? 'receipt' : 'credit_note', found.number) : null;
}

const toApiRefund = (
  { id, amountMinor, currency, status, commandId, createdAt }: Refund,
  documents: ListedPayment['documents'],
) => ({
  id,
  amountMinor,
  currency,
  status,
  commandId,
  createdAt,
  creditNoteNumber: numberIn(documents, id),
});

/** A dispute as it stands with its payment. */
export const toApiDispute = (
  { disputeId: id, amountMinor, status, since, reason, evidenceDueAt }: Dispute,
  currency: string,
) => ({
  id,
  amountMinor,
  currency,
  status,
  since,
  reason: reason ?? null,
  evidenceDueAt: evidenceDueAt ?? null,
});

const isOpen = ({ paidAt, canceledAt }: Payment): boolean => paidAt === null && canceledAt === null;
