import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { Money } from '../../emails/catalogue.ts';
import { trialEndOf } from '../../workflows/domain/billing-parts.ts';
import { chargedAtOnce } from '../../workflows/domain/price.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import { textOf } from './intent-data.ts';

export const amountOf = ({ amountMinor, currency }: Payment): Money => ({ amountMinor, currency });

/** The payment that an email's data names. */
export const namedPayment = ({ state, data }: EmailMaterial): Payment | null =>
  state.payments.find(({ paymentId }) => paymentId === textOf(data, 'paymentId')) ?? null;

/** The payment that came with the purchase; the one that ends a trial has a receipt of its own [R13.3]. */
export function firstPayment(material: EmailMaterial): Payment | null {
  const { payments, billing } = material.state;
  const trialEndsAt = trialEndOf(billing);
  return namedPayment(material) ?? payments.find(({ paidAt }) => trialEndsAt === null || paidAt < trialEndsAt) ?? null;
}

/** A purchase that cost something at once, of which Stripe's word about the payment has not arrived. */
export function isPaymentMissing(material: EmailMaterial): boolean {
  return chargedAtOnce(material.state.terms.price) !== null && !firstPayment(material);
}
