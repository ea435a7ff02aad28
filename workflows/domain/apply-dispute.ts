import { replacePayment, withoutPayment } from './apply-refund.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import { isBarring, isDecided, isNews, isSettled } from './dispute-course.ts';
import { followDispute, liftDispute } from './dispute-access.ts';
import type { DisputeFact, Fact } from './facts.ts';
import { earliest } from './instant.ts';
import type { EntryType } from './outcome.ts';
import type { Dispute, Payment } from './payments.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * A dispute blocks refunds of its payment until it is won; a lost one blocks them for good. An
 * inquiry blocks nothing, because a refund is how it is settled [R10.5].
 */
export function applyDispute(state: PurchaseState, fact: Fact & { object: DisputeFact }, context: Context): Outcome {
  const { object, occurredAt } = fact;
  const payment = state.payments.find(({ paymentId }) => paymentId === object.paymentId);
  if (!payment) return withoutPayment(state);
  const known = disputesOf(payment, object).find(({ disputeId }) => disputeId === object.disputeId);
  if (known && !isNews(known, fact)) return NO_CHANGE;
  const change = new ChangeBuilder(state, occurredAt, context);
  tell(change, fact, { known, currency: payment.currency });
  const disputed = withDispute(payment, fact, known);
  const next = replacePayment(state, disputed);
  const isClaimed = isBarring(object) && !(known && isBarring(known));
  if (isClaimed) return change.to(followDispute(change, next, object.disputeId));
  return change.to(isSettled(object) ? liftDispute(change, next, object.disputeId) : next);
}

type Before = { known: Dispute | undefined; currency: string };

/** Admins are told of what is opened, and of what is lost. */
function tell(change: ChangeBuilder, { object }: Fact & { object: DisputeFact }, { known, currency }: Before): void {
  const type = entryOf(known, object);
  if (type === null) return;
  const { disputeId, paymentId, amountMinor, status, stripeStatus, reason = null, evidenceDueAt = null } = object;
  const course = stripeStatus === undefined ? {} : { stripeStatus };
  const data = { disputeId, paymentId, amountMinor, currency, status, ...course, disputeReason: reason, evidenceDueAt };
  change.entry(type, data);
  if (type !== 'dispute.updated' && !isSettled(object)) change.email('admin-dispute', 'admins', data);
}

/** Snapshots of 0.1 know less: what is only learned of a dispute is no step of its course. */
function entryOf(known: Dispute | undefined, object: DisputeFact): EntryType | null {
  if (known?.status !== object.status) return isDecided(object) ? 'dispute.closed' : 'dispute.opened';
  return known.stripeStatus === undefined ? null : 'dispute.updated';
}

function withDispute(payment: Payment, { object, occurredAt }: Fact & { object: DisputeFact }, known?: Dispute) {
  const { disputeId, amountMinor, status, stripeStatus, reason = null, evidenceDueAt = null } = object;
  const since = known?.since ?? object.createdAt ?? occurredAt;
  const decidedAt = known?.status === status ? (known.closedAt ?? occurredAt) : occurredAt;
  const closedAt = isDecided(object) ? decidedAt : null;
  const others = disputesOf(payment, object).filter((one) => one.disputeId !== disputeId);
  const heard = { disputeId, amountMinor, status, stripeStatus, since, heardAt: occurredAt, closedAt };
  const closesAccess = known?.closesAccess;
  const disputes = [...others, { ...heard, reason, evidenceDueAt, closesAccess }];
  return { ...payment, disputes, disputedAt: earliest(...disputes.filter(isBarring).map((one) => one.since)) };
}

/** Snapshots of 0.1 say only that the payment is disputed; the next event says by which dispute. */
function disputesOf({ disputes, disputedAt }: Payment, { disputeId, amountMinor }: DisputeFact): Dispute[] {
  if (disputes) return disputes;
  return disputedAt === null ? [] : [{ disputeId, amountMinor, status: 'open', since: disputedAt }];
}
