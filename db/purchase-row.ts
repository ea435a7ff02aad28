import { accessStatus, accessUntil } from '../workflows/domain/access.ts';
import { billingStatus, isLive, nextChargeAt } from '../workflows/domain/billing.ts';
import { dueList, nextDeadline } from '../workflows/domain/due.ts';
import { warningsOf } from '../workflows/verbs/preview.ts';
import type { PurchaseRecord } from './record-purchase.ts';

/** The columns that people read and search, derived from the snapshot; nothing else writes them. */
export function purchaseRow({ state, now, stuckReason }: PurchaseRecord): Record<string, unknown> {
  const { billing } = state;
  const [due] = dueList(state);
  return {
    snapshot: JSON.stringify(state),
    version: state.version,
    born_at: state.bornAt,
    billing_status: billingStatus(billing),
    access_status: accessStatus(state, now),
    is_live: state.bornAt !== null && isLive(billing),
    cancel_at: isLive(billing) ? (billing.cancellation?.at ?? null) : null,
    access_until: accessUntil(state),
    next_charge_at: nextChargeAt(billing),
    next_due_at: due?.at ?? null,
    next_due_kind: due?.kind ?? null,
    own_due_at: nextDeadline(state)?.at ?? null,
    has_pending: state.pending !== null,
    needs_attention: state.attentions.length > 0,
    billing_without_access: warningsOf(state, now).includes('billing_continues_without_access'),
    stuck_reason: state.attentions[0]?.reason ?? stuckReason,
    stripe_subscription_id: billing.kind === 'subscription' ? billing.subscriptionId : null,
    duplicate_of: state.duplicateOf,
    updated_at: now,
  };
}
