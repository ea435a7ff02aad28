import type { EmailMaterial, RecordedEntry } from '../../db/mail/email-material.ts';
import type { Money } from '../../emails/catalogue.ts';
import { sumMinor } from '../../workflows/domain/money.ts';
import type { Payment, Refund } from '../../workflows/domain/payments.ts';
import { moneyOf, textOf } from './intent-data.ts';

type Made = { refund: Refund; payment: Payment };

/** The refunds that an email tells of: the one that its data names, else those of the command. */
export function refundsOf({ state, data }: EmailMaterial, occasion: RecordedEntry | null): Made[] {
  const refundId = textOf(data, 'refundId');
  const paymentId = textOf(data, 'paymentId');
  const isMeant = (refund: Refund) =>
    refundId ? refund.refundId === refundId : refund.commandId !== null && refund.commandId === occasion?.commandId;
  return state.payments
    .filter((payment) => paymentId === null || payment.paymentId === paymentId)
    .flatMap((payment) => payment.refunds.filter(isMeant).map((refund) => ({ refund, payment })));
}

/** Stripe refused the refund and nothing has been given back since: a receipt would tell an untruth [R6.2]. */
export function wasRefused(material: EmailMaterial, occasion: RecordedEntry | null): boolean {
  const paymentId = textOf(material.data, 'paymentId');
  const refused = occasion?.refused.some(({ write }) => write.op === 'refund' && write.paymentId === paymentId);
  return refused === true && refundsOf(material, occasion).length === 0;
}

/** What was given back of several payments: what was made in fact, which after a refusal at Stripe is less than was planned. */
export function givenBack(material: EmailMaterial, occasion: RecordedEntry | null) {
  const made = refundsOf(material, occasion).filter(({ refund }) => refund.status !== 'failed');
  const planned = moneyOf(material.data, material.state);
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
