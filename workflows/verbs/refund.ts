import { overdueOf } from '../domain/billing.ts';
import { unevenAmount } from '../domain/chargeable.ts';
import { isAmount } from '../domain/money.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import { refundableMinor, type Payment } from '../domain/payments.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import { cancel, cancelMoney, cancelWrites, type CancelInput } from './cancel.ts';
import { revokeProducts } from './revoke.ts';
import { both, type Verb, type VerbContext } from './verb.ts';

export type RefundInput = {
  paymentId: string;
  /** null = whatever is left of the payment. */
  amountMinor: number | null;
  billing: 'keep' | 'cancel_now' | 'cancel_period_end';
  access: 'keep' | 'revoke';
};

const DISPUTED: Refusal = { code: 'payment_disputed', detail: 'A disputed payment cannot be refunded.' };

/**
 * Gives back a payment, in full or in part; alone it neither cancels nor revokes [R10.1, R10.2].
 */
export const refund: Verb<RefundInput> = {
  name: 'refund',

  forbids({ payments, earlierPayments }) {
    if (earlierPayments && earlierPayments.leftMinor > 0) return null;
    const left = payments.filter((payment) => refundableMinor(payment) > 0);
    if (left.length === 0) return 'There is no payment left to refund.';
    return left.some(({ disputedAt }) => !disputedAt) ? null : DISPUTED;
  },

  rejects(state, input, context) {
    const cancelInput = cancellation(input);
    return (
      rejectsPayment(state, input) ??
      (cancelInput && forbidsCancel(state, context.now)) ??
      (cancelInput && rejectsCancel(state, cancelInput, context))
    );
  },

  writes(state, input) {
    const { paymentId, amountMinor } = refundEffect(state, input);
    const cancelInput = cancellation(input);
    const cancels = cancelInput ? cancelWrites(state, cancelInput) : [];
    return [...cancels, { op: 'refund', paymentId, amountMinor }];
  },

  effect(state, input, context) {
    const cancelInput = cancellation(input);
    const billed = cancelInput ? cancel.effect(state, cancelInput, context) : state;
    return input.access === 'revoke' ? revokeProducts(billed, { productIds: null }, context) : billed;
  },

  money(state, input, context) {
    const cancelInput = cancellation(input);
    return [...(cancelInput ? cancelMoney(state, cancelInput, context) : []), refundEffect(state, input)];
  },

  reports(state, input, context) {
    const { paymentId, billing, access } = input;
    const { amountMinor, currency } = refundEffect(state, input);
    const data = { paymentId, amountMinor, currency };
    const cancelInput = cancellation(input);
    const canceled = cancelInput ? cancel.reports(state, cancelInput, context).emails : [];
    const emails = [...both('refund-receipt', 'admin-refund', data), ...canceled];
    return { entry: 'purchase.refunded', data: { ...data, billing, access }, emails };
  },
};

/** The cancellation that goes with it; null = billing is kept as it is. */
function cancellation({ billing }: RefundInput): CancelInput | null {
  if (billing === 'keep') return null;
  return { when: billing === 'cancel_now' ? 'now' : 'period_end', cancelAt: null };
}

function forbidsCancel(state: PurchaseState, now: string): Refusal | null {
  const reason = cancel.forbids(state, now);
  return reason === null
    ? null
    : { code: 'wrong_state', field: 'billing', detail: 'There is no live billing to cancel.' };
}

function rejectsCancel(state: PurchaseState, input: CancelInput, context: VerbContext): Refusal | null {
  const refusal = cancel.rejects?.(state, input, context) ?? null;
  return refusal && { ...refusal, field: 'billing' };
}

const find = (state: PurchaseState, paymentId: string): Payment | undefined =>
  state.payments.find((payment) => payment.paymentId === paymentId);

function rejectsPayment(state: PurchaseState, { paymentId, amountMinor }: RefundInput): Refusal | null {
  const payment = find(state, paymentId);
  if (!payment && overdueOf(state.billing).some(({ invoiceId }) => invoiceId === paymentId)) {
    return { code: 'payment_failed', detail: 'A failed payment cannot be refunded.' };
  }
  if (!payment)
    return { code: 'unknown_payment', field: 'paymentId', detail: 'paymentId must name a payment of this purchase.' };
  if (payment.disputedAt) return DISPUTED;
  if (amountMinor !== null && !isAmount(amountMinor)) {
    return {
      code: 'amount_invalid',
      field: 'amountMinor',
      detail: 'amountMinor must be a positive whole number of minor units.',
    };
  }
  const left = refundableMinor(payment);
  const isPart = amountMinor !== null && amountMinor < left;
  const uneven = isPart ? unevenAmount(amountMinor, payment.currency) : null;
  if (uneven !== null) return { code: 'amount_invalid', field: 'amountMinor', detail: `amountMinor ${uneven}.` };
  if (left > 0 && (amountMinor ?? left) <= left) return null;
  return {
    code: 'amount_too_large',
    field: 'amountMinor',
    detail: `Only ${left} minor units of this payment are left to refund.`,
  };
}

function refundEffect(
  state: PurchaseState,
  { paymentId, amountMinor }: RefundInput,
): Extract<MoneyEffect, { kind: 'refund' }> {
  const payment = find(state, paymentId);
  if (!payment) throw new Error('a refund of no payment of this purchase');
  const { currency } = payment;
  return { kind: 'refund', paymentId, amountMinor: amountMinor ?? refundableMinor(payment), currency };
}
