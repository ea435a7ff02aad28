import type { MaterialOfPurchase } from '../../db/mail/email-material.ts';
import type { Line, Period } from '../../emails/catalogue.ts';
import { trialEndOf } from '../../workflows/domain/billing-parts.ts';
import type { Money } from '../../workflows/domain/money.ts';
import { chargedAtOnce, setupFeeMinorOf, soldPerPeriod } from '../../workflows/domain/price.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import { LANGUAGES } from '../../emails/languages/index.ts';
import { cardInWords } from '../../emails/words/card.ts';
import { documentNumber } from '../../workflows/domain/receipt-figures.ts';
import { textOf } from './intent-data.ts';
import type { Writing } from './writing.ts';

export const amountOf = ({ amountMinor, currency }: Payment): Money => ({ amountMinor, currency });

/** The payment that an email's data names. */
export const namedPayment = ({ purchase, data }: MaterialOfPurchase): Payment | null =>
  purchase.state.payments.find(({ paymentId }) => paymentId === textOf(data, 'paymentId')) ?? null;

/**
 * The payment that came with the purchase; the one that ends a trial has a receipt of its own
 * [R13.3].
 */
export function firstPayment(material: MaterialOfPurchase): Payment | null {
  const { payments, billing } = material.purchase.state;
  const trialEndsAt = trialEndOf(billing);
  return namedPayment(material) ?? payments.find(({ paidAt }) => trialEndsAt === null || paidAt < trialEndsAt) ?? null;
}

/** Whether a purchase cost something at once and the event of that payment has not arrived. */
export function isPaymentMissing(material: MaterialOfPurchase): boolean {
  const { terms, promotion } = material.purchase.state;
  return chargedAtOnce(terms.price, promotion ? [promotion] : []) !== null && !firstPayment(material);
}

/** What was paid for; a fee is a line of its own where the amount is the two and nothing else. */
function linesOf({ site, purchase: { offerName: what, state } }: MaterialOfPurchase, payment: Payment): Line[] {
  const { amountMinor, currency } = payment;
  const each = soldPerPeriod(state.terms.price);
  const feeMinor = amountMinor - (each?.amountMinor ?? amountMinor);
  if (!each || feeMinor <= 0 || feeMinor !== setupFeeMinorOf(state.terms.price))
    return [{ what, amount: amountOf(payment) }];
  return [
    { what, amount: each },
    { what: LANGUAGES[site.language ?? 'en'].payment.fee, amount: { amountMinor: feeMinor, currency } },
  ];
}

/** null = the payment is for no period. */
const periodOf = ({ periodStart: from, periodEnd: to }: Payment): Period | null => (from && to ? { from, to } : null);

/** What a payment was for, by which card, and which receipt it has. */
export function paidFor({ material, links }: Writing, payment: Payment | null) {
  const { receipts, receiptNumbers } = material.purchase;
  const card = receipts[payment?.paymentId ?? '']?.card ?? null;
  const number = receiptNumbers[payment?.paymentId ?? ''];
  return {
    lines: payment ? linesOf(material, payment) : [],
    period: payment && periodOf(payment),
    card: card && cardInWords(card, LANGUAGES[material.site.language ?? 'en'].card),
    receiptNumber: number === undefined ? null : documentNumber('receipt', number),
    receiptUrl: receiptUrlOf(links, payment),
  };
}

/** null = the payment is not known here, or there was none. */
export const receiptUrlOf = ({ ofPurchase }: Writing['links'], payment: Payment | null): string | null =>
  payment && ofPurchase.document({ kind: 'receipt', id: payment.paymentId });
