import { hasEndedAccess } from './billing-parts.ts';
import { isLive } from './billing.ts';
import { revokeAll } from './apply-refund.ts';
import type { ChangeBuilder } from './change.ts';
import { isBarring } from './dispute-course.ts';
import type { Dispute } from './payments.ts';
import type { PurchaseState, RevokedBlock } from './purchase.ts';

/**
 * What the setting `onDispute` does with a payment of the purchase that is disputed from now on
 * [R10.5]: `cancel` ends what is billed; where nothing is any more, it closes access as `revoke`
 * does.
 */
export function followDispute(change: ChangeBuilder, state: PurchaseState, disputeId: string): PurchaseState {
  const { onDispute } = change.context.settings;
  if (onDispute === 'keep' || hasEndedAccess(state.billing)) return state;
  if (onDispute === 'revoke' || !isLive(state.billing))
    return revokeAll(change, withClosing(state, disputeId), { disputeId });
  change.followUp('end-disputed', { disputeId });
  return state;
}

const withClosing = (state: PurchaseState, disputeId: string): PurchaseState => ({
  ...state,
  payments: state.payments.map((payment) => ({
    ...payment,
    disputes: payment.disputes?.map((one) => (one.disputeId === disputeId ? { ...one, closesAccess: true } : one)),
  })),
});

/**
 * What the dispute had closed opens again, unless another that closes it goes on; what somebody
 * has closed by hand stays closed.
 */
export function liftDispute(change: ChangeBuilder, state: PurchaseState, disputeId: string): PurchaseState {
  const lifted = state.revoked.filter((block) => block.disputeId === disputeId);
  if (lifted.length === 0) return state;
  const rival = disputesOf(state).find((dispute) => isBarring(dispute) && dispute.closesAccess);
  if (rival) return { ...state, revoked: state.revoked.map((block) => withRival(block, disputeId, rival)) };
  change.entry('purchase.restored', { productIds: lifted.map(({ productId }) => productId), disputeId });
  return { ...state, revoked: state.revoked.filter((block) => !lifted.includes(block)) };
}

const withRival = (block: RevokedBlock, disputeId: string, rival: Dispute): RevokedBlock =>
  block.disputeId === disputeId ? { ...block, disputeId: rival.disputeId } : block;

export const disputesOf = ({ payments }: PurchaseState): Dispute[] => payments.flatMap(({ disputes = [] }) => disputes);
