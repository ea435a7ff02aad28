import type { EmailKind } from '../../emails/catalogue.ts';
import { isReadable } from './billing-parts.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import { isEmailOn } from './email-switch.ts';
import type { Fact, RefundFact } from './facts.ts';
import type { EmailIntent } from './outcome.ts';
import { withAttention, type Attention } from './pending.ts';
import type { Payment, Refund } from './payments.ts';
import type { PurchaseState } from './purchase.ts';
import { STRIPE, SYSTEM } from './verb.ts';

/** A receipt is for money that is on its way. */
export const isRefundReceipt = ({ kind }: { kind: EmailKind }): boolean =>
  kind === 'refund-receipt' || kind === 'admin-refund';

/** A refund may fail after it has succeeded; a failure is final [R10.3]. */
const RANK = { pending: 0, succeeded: 1, failed: 2 };

/**
 * Applies what Stripe says of a refund: a new one made there, or the next state of a known one
 * [R10.3, R10.4].
 */
export function applyRefund(state: PurchaseState, fact: Fact & { object: RefundFact }, context: Context): Outcome {
  const { object } = fact;
  const payment = state.payments.find(({ paymentId }) => paymentId === object.paymentId);
  if (!payment) return withoutPayment(state);
  const known = payment.refunds.find(({ refundId }) => refundId === object.refundId);
  if (known && RANK[known.status] >= RANK[object.status]) return NO_CHANGE;
  const change = new ChangeBuilder(state, fact.occurredAt, context);
  const { refundId, paymentId, amountMinor } = object;
  const data = { refundId, paymentId, amountMinor, currency: payment.currency };
  const isTold = known !== undefined && wasTold(state, context);
  change.entry(`refund.${object.status}`, data);
  if (object.status === 'failed') {
    change.email('admin-refund-failed', 'admins', data);
    if (isTold) change.email('refund-failed', 'customer', data);
  }
  const isExternal = !known && object.commandId === null;
  if (isExternal && object.status !== 'failed') {
    change.email('refund-receipt', 'customer', data).email('admin-refund', 'admins', data);
  }
  const next = withRefund(state, payment, object);
  const revokes = isExternal && context.settings.onExternalRefund === 'revoke';
  const receipts: EmailIntent[] = isTold
    ? [{ kind: 'refund-receipt', to: 'customer', data: { paymentId, amountMinor, currency: payment.currency } }]
    : [];
  const attentions =
    object.status === 'failed' && object.commandId
      ? withAttention(state.attentions, failedRefund(next, object, fact.occurredAt, receipts))
      : state.attentions;
  return change.to({ ...(revokes ? revokeAll(change, next, { refundId }) : next), attentions });
}

/**
 * Whether the customer got a receipt for the refund that has now failed. A duplicate's return and
 * money-back have receipts of their own.
 */
function wasTold(state: PurchaseState, { settings }: Context): boolean {
  const receipts = ['refund-receipt'];
  if (state.duplicateOf) receipts.push('duplicate-purchase-refunded');
  if (state.refundWindow?.usedAt) receipts.push('money-back');
  return receipts.some((kind) => isEmailOn(state, settings, kind));
}

/** The payment's own event may not have arrived yet, so Stripe is read. */
export const withoutPayment = ({ billing }: PurchaseState): Outcome =>
  isReadable(billing) ? { kind: 'read' } : NO_CHANGE;

/** The state with this refund in place of an older version of it. */
function withRefund(state: PurchaseState, payment: Payment, object: RefundFact): PurchaseState {
  const { refundId, amountMinor, status, createdAt, commandId } = object;
  const refund: Refund = { refundId, amountMinor, status, createdAt, commandId };
  const refunds = [...payment.refunds.filter((one) => one.refundId !== refundId), refund];
  return replacePayment(state, { ...payment, refunds });
}

export const replacePayment = (state: PurchaseState, payment: Payment): PurchaseState => ({
  ...state,
  payments: state.payments.map((one) => (one.paymentId === payment.paymentId ? payment : one)),
});

/**
 * What `retry` sends again, as a command of the system's. Each failed refund of the command uses
 * another key. A customer who was told of the failure gets a new receipt.
 */
function failedRefund(state: PurchaseState, refund: RefundFact, at: string, receipts: EmailIntent[]): Attention {
  const { paymentId, amountMinor } = refund;
  const commandId = refund.commandId ?? '';
  const firstIndex = refund.writeIndex ?? 0;
  const made = state.payments.find((payment) => payment.paymentId === paymentId)?.refunds ?? [];
  const generation = made.filter((one) => one.status === 'failed' && one.commandId === commandId).length;
  const command = {
    commandId,
    name: 'refund' as const,
    input: { paymentId, amountMinor },
    actor: SYSTEM,
  };
  return {
    id: `${commandId}:${firstIndex}`,
    reason: 'refund_failed',
    since: at,
    command: {
      command: { ...command, askedAt: at, planHash: null, expectedVersion: null },
      writes: [{ op: 'refund', paymentId, amountMinor }],
      answered: 0,
      refused: [],
      firstTriedAt: at,
      firstIndex,
      generation,
      isAnswered: true,
      emails: receipts,
      money: [],
      entry: 'purchase.refunded',
      data: { paymentId, amountMinor },
    },
  };
}

/** Closes whatever is still open, as Stripe's doing: by what is told with it. */
export function revokeAll(change: ChangeBuilder, state: PurchaseState, by: Cause): PurchaseState {
  const closed = new Set(state.revoked.map(({ productId }) => productId));
  const added = state.terms.productIds.filter((productId) => !closed.has(productId));
  if (added.length === 0) return state;
  change.entry('purchase.revoked', { productIds: added, ...by });
  const block = { since: change.at, by: STRIPE, disputeId: 'disputeId' in by ? by.disputeId : undefined };
  return { ...state, revoked: [...state.revoked, ...added.map((productId) => ({ productId, ...block }))] };
}

type Cause = { refundId: string } | { disputeId: string };
