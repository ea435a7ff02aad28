import type { MaterialOfPurchase, RecordedEntry } from '../../db/mail/email-material.ts';
import { sumMinor, type Money } from '../../workflows/domain/money.ts';
import type { Payment, Refund } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { moneyOf, textOf } from './intent-data.ts';

type Made = { refund: Refund; payment: Payment };

/** The refunds that an email is about: the one that its data names, or those of the command. */
export function refundsOf({ purchase, data }: MaterialOfPurchase, occasion: RecordedEntry | null): Made[] {
  const refundId = textOf(data, 'refundId');
  const paymentId = textOf(data, 'paymentId');
  const isMeant = (refund: Refund) =>
    refundId ? refund.refundId === refundId : refund.commandId !== null && refund.commandId === occasion?.commandId;
  return purchase.state.payments
    .filter((payment) => paymentId === null || payment.paymentId === paymentId)
    .flatMap((payment) => payment.refunds.filter(isMeant).map((refund) => ({ refund, payment })));
}

/**
 * Stripe refused the refund and nothing has been refunded since, so a receipt would be false
 * [R6.2].
 */
export function wasRefused(material: MaterialOfPurchase, occasion: RecordedEntry | null): boolean {
  const paymentId = textOf(material.data, 'paymentId');
  const refused = occasion?.refused.some(({ write }) => write.op === 'refund' && write.paymentId === paymentId);
  return refused === true && refundsOf(material, occasion).length === 0;
}

/**
 * What was really refunded of several payments, which after a refusal of Stripe's is less than
 * planned.
 */
export function givenBack(material: MaterialOfPurchase, occasion: RecordedEntry | null) {
  const made = refundsOf(material, occasion).filter(({ refund }) => refund.status !== 'failed');
  const planned = moneyOf(material.data, material.purchase.state);
  const isKnown = made.length > 0 || (occasion?.refused.length ?? 0) > 0;
  const total: Money = isKnown
    ? { ...planned, amountMinor: sumMinor(made.map(({ refund }) => refund.amountMinor)) }
    : planned;
  const payments = made.map(({ refund, payment }) => ({
    amount: { amountMinor: refund.amountMinor, currency: payment.currency },
    paidAt: payment.paidAt,
  }));
  return { total, payments };
}

/** Why a purchase that slipped through was returned in full [R5.7, R27.6]. */
export const whySentBack = ({ lacksRequirement }: PurchaseState): 'second' | 'requirement_ended' =>
  lacksRequirement ? 'requirement_ended' : 'second';
