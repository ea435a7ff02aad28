import { accessStatus, accessUntil } from '../../workflows/domain/access.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { billingStatus, isLive, nextChargeAt } from '../../workflows/domain/billing.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import { carriesUntil } from '../../workflows/domain/requirement.ts';
import { instalmentsToCome } from '../../workflows/domain/plan-ahead.ts';
import { trialCourse } from '../../workflows/domain/trial.ts';
import { dueList, nextDeadline } from '../../workflows/domain/due.ts';
import { warningsOf } from '../../workflows/verbs/preview.ts';
import type { Columns } from '../columns.ts';
import type { Purchase } from '../entities/purchase.ts';
import type { PurchaseRecord } from './purchase-record.ts';

/**
 * What a purchase's row is made with, and what its writer counts; every other column is derived.
 */
type Given =
  | 'id'
  | 'accountId'
  | 'forAccountId'
  | 'holderId'
  | 'origin'
  | 'stripeAccount'
  | 'epoch'
  | 'revision'
  | 'heardAt'
  | 'createdAt';

/** What the columns that people read and search are derived from. */
export type Derivable = Pick<PurchaseRecord, 'state' | 'now' | 'stuckReason'>;

/**
 * The columns that people read and search, derived from the snapshot; nothing else writes them, and
 * one that is left out here does not compile.
 */
export function purchaseRow({ state, now, stuckReason }: Derivable): Omit<Columns<Purchase>, Given> {
  const { billing } = state;
  const [due] = dueList(state);
  const trial = trialCourse(state);
  return {
    contactId: state.contactId,
    soldTo: state.soldTo ?? null,
    offerId: state.terms.offerId,
    requires: state.terms.requires ?? [],
    // Stripe asks nobody whether the contact has another of the group: no index may refuse it.
    groupName: state.offerChangedAt ? null : (state.terms.group ?? null),
    entitlement: entitlementOf(state.terms),
    offerChangedAt: state.offerChangedAt ?? null,
    snapshot: state,
    version: state.version,
    startedAt: state.startedAt,
    billingStatus: billingStatus(billing),
    accessStatus: accessStatus(state, now),
    isLive: state.startedAt !== null && isLive(billing),
    cancelAt: isLive(billing) ? (billing.cancellation?.at ?? null) : null,
    accessUntil: accessUntil(state),
    carriesUntil: carriesUntil(state),
    nextChargeAt: nextChargeAt(billing),
    nextDueAt: due?.at ?? null,
    nextDueKind: due?.kind ?? null,
    ownDueAt: nextDeadline(state)?.at ?? null,
    hasPending: state.pending !== null,
    needsAttention: state.attentions.length > 0,
    billingWithoutAccess: warningsOf(state, now).includes('billing_continues_without_access'),
    stuckReason: state.attentions[0]?.reason ?? stuckReason,
    stripeSubscriptionId: subscriptionIdOf(billing),
    duplicateOf: state.duplicateOf,
    trialEndedAt: trial?.endsAt ?? null,
    trialConverted: trial?.hasConverted ?? false,
    instalmentsAhead: instalmentsToCome(state),
    updatedAt: now,
  };
}
