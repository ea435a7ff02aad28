import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { Money } from '../../emails/catalogue.ts';
import type { Payment } from '../../workflows/domain/payments.ts';
import { textOf } from './intent-data.ts';

export const amountOf = ({ amountMinor, currency }: Payment): Money => ({ amountMinor, currency });

/** The payment that an email's data names. */
export const namedPayment = ({ state, data }: EmailMaterial): Payment | null =>
  state.payments.find(({ paymentId }) => paymentId === textOf(data, 'paymentId')) ?? null;

/** The payment that came with the purchase; the one that ends a trial has a receipt of its own [R13.3]. */
export function firstPayment(material: EmailMaterial): Payment | null {
  const { payments, billing } = material.state;
  const trialEndsAt = billing.kind === 'subscription' ? billing.trialEndsAt : null;
  return namedPayment(material) ?? payments.find(({ paidAt }) => trialEndsAt === null || paidAt < trialEndsAt) ?? null;
}

/** A purchase that cost something at once, of which Stripe's word about the payment has not arrived. */
export function isPaymentMissing(material: EmailMaterial): boolean {
  const { price } = material.state.terms;
  if (price.kind === 'free' || firstPayment(material)) return false;
  return price.setupFeeMinor + (price.trialDays > 0 ? 0 : price.amountMinor) > 0;
}
