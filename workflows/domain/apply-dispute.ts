import { replacePayment, revokeAll, withoutPayment } from './apply-refund.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import type { DisputeFact, Fact } from './facts.ts';
import { earliest, type Instant } from './instant.ts';
import type { Dispute, Payment } from './payments.ts';
import type { PurchaseState } from './purchase.ts';

/** An inquiry may become a dispute; a dispute that is over is not opened again. */
const RANK = { inquiry: 0, open: 1, won: 2, lost: 2, closed: 2 };

/**
 * A dispute blocks refunds of its payment until it is won; a lost one blocks them for good. An
 * inquiry blocks nothing, because a refund is how it is settled [R10.5].
 */
export function applyDispute(state: PurchaseState, fact: Fact & { object: DisputeFact }, context: Context): Outcome {
  const { object, occurredAt } = fact;
  const payment = state.payments.find(({ paymentId }) => paymentId === object.paymentId);
  if (!payment) return withoutPayment(state);
  const known = disputesOf(payment, object).find(({ disputeId }) => disputeId === object.disputeId);
  if (known ? isKnown(known, object) : isSettled(object)) return NO_CHANGE;
  const { disputeId, paymentId, amountMinor, status, reason = null, evidenceDueAt = null } = object;
  const change = new ChangeBuilder(state, occurredAt, context);
  const data = {
    disputeId,
    paymentId,
    amountMinor,
    currency: payment.currency,
    status,
    disputeReason: reason,
    evidenceDueAt,
  };
  change.entry(RANK[status] === 2 ? 'dispute.closed' : 'dispute.opened', data);
  if (!isSettled(object)) change.email('admin-dispute', 'admins', data);
  const disputed = withDispute(payment, object, known?.since ?? occurredAt);
  const next = replacePayment(state, disputed);
  const isNew = payment.disputedAt === null && disputed.disputedAt !== null;
  return change.to(isNew && context.settings.onDispute === 'revoke' ? revokeAll(next, occurredAt) : next);
}

const isKnown = ({ status }: Dispute, { status: heard }: DisputeFact): boolean =>
  status === heard || RANK[heard] < RANK[status];

/** It was over before the first event arrived, and the money stayed. */
const isSettled = ({ status }: DisputeFact): boolean => status === 'won' || status === 'closed';

function withDispute(payment: Payment, object: DisputeFact, since: Instant): Payment {
  const { disputeId, amountMinor, status, reason = null, evidenceDueAt = null } = object;
  const others = disputesOf(payment, object).filter((one) => one.disputeId !== disputeId);
  const disputes = [...others, { disputeId, amountMinor, status, since, reason, evidenceDueAt }];
  const barring = disputes.filter((one) => one.status === 'open' || one.status === 'lost');
  return { ...payment, disputes, disputedAt: earliest(...barring.map((one) => one.since)) };
}

/** Snapshots of 0.1 say only that the payment is disputed; the next event says by which dispute. */
function disputesOf({ disputes, disputedAt }: Payment, { disputeId, amountMinor }: DisputeFact): Dispute[] {
  if (disputes) return disputes;
  return disputedAt === null ? [] : [{ disputeId, amountMinor, status: 'open', since: disputedAt }];
}
