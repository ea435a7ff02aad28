import type Stripe from 'stripe';
import type { DisputeFact, RefundFact } from '../../../workflows/domain/facts.ts';
import { STRIPE_DISPUTE_STATUSES } from '../../../workflows/domain/payments.ts';
import { fromUnix, fromUnixOrNull } from './instants.ts';
import { codeIn, StripeUnreadable } from './unreadable.ts';

const REFUND_STATUS: Record<string, RefundFact['status']> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

/**
 * Stripe's refund as the domain knows it; a canceled one gave nothing back. `paymentId` = the
 * invoice whose payment it returns.
 */
export function fromStripeRefund(refund: Stripe.Refund, paymentId: string): RefundFact {
  const status = REFUND_STATUS[refund.status ?? ''];
  if (!status) throw new StripeUnreadable('status', refund.id);
  return {
    type: 'refund',
    refundId: refund.id,
    paymentId,
    amountMinor: refund.amount,
    status,
    createdAt: fromUnix(refund.created),
    commandId: refund.metadata?.commandId || null,
    writeIndex: indexIn(refund.metadata),
  };
}

/** Which write of its command made it; null where it is none of ours. */
function indexIn(metadata: Stripe.Metadata | null): number | null {
  const index = Number(metadata?.index ?? NaN);
  return Number.isSafeInteger(index) && index >= 0 ? index : null;
}

/**
 * A prevented dispute took no money. A status that Stripe adds later counts as an open dispute,
 * which is the safe side.
 */
const DISPUTE_STATUS: Record<string, DisputeFact['status']> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'closed',
  prevented: 'closed',
  won: 'won',
  lost: 'lost',
};

/** Stripe's dispute as the domain knows it; an inquiry (`warning_*`) took no money. */
export const fromStripeDispute = (dispute: Stripe.Dispute, paymentId: string): DisputeFact => ({
  type: 'dispute',
  disputeId: dispute.id,
  paymentId,
  amountMinor: dispute.amount,
  status: DISPUTE_STATUS[dispute.status] ?? 'open',
  stripeStatus: STRIPE_DISPUTE_STATUSES.find((status) => status === dispute.status),
  createdAt: fromUnix(dispute.created),
  reason: codeIn(dispute.reason),
  evidenceDueAt: fromUnixOrNull(dispute.evidence_details?.due_by ?? null),
});

/** Whether it blocks refunds of its payment. */
export const barsRefund = ({ status }: DisputeFact): boolean => status === 'open' || status === 'lost';
