import { accessStatus } from './access.ts';
import { cancellationOf } from './billing-parts.ts';
import { billingStatus, isLive } from './billing.ts';
import type { Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * Why a contact cannot have an offer now [R4.7, R5.7, R27.7]; `purchaseId` = the purchase that is
 * in the way or not in order, where there is one.
 */
export type Obstacle = {
  kind: 'already_live' | 'group_taken' | 'requirement_missing';
  purchaseId: string | null;
};

type Wanted = { terms: OfferTerms; origin: PurchaseState['origin']; now: Instant };

/** Judges what is wanted by everything that its contact has; null = nothing is in the way. */
export function obstacleTo({ terms, origin, now }: Wanted, owned: readonly PurchaseState[]): Obstacle | null {
  const counting = owned.filter(({ duplicateOf }) => duplicateOf === null);
  const same = counting.find((state) => state.terms.offerId === terms.offerId && bars(state, { terms, origin, now }));
  if (same) return { kind: 'already_live', purchaseId: same.purchaseId };
  const rival = counting.find((state) => terms.group != null && isLiveIn(terms.group, state));
  if (rival) return { kind: 'group_taken', purchaseId: rival.purchaseId };
  return lacking(terms, counting, now);
}

/** A grant bars another grant, a purchase bars both; unless it gives nothing any more. */
function bars(state: PurchaseState, { terms, origin, now }: Wanted): boolean {
  if (state.origin === 'granted') return origin === 'granted' && givesAccess(state, now);
  if (state.startedAt === null) return false;
  if (isLive(state.billing)) return true;
  return isPaidOnce(state) && !terms.repeatable && givesAccess(state, now);
}

function isPaidOnce({ billing }: PurchaseState): boolean {
  const status = billingStatus(billing);
  return status === 'paid' || status === 'none';
}

/** Access that is still to come counts; a grant that has not begun yet is about to. */
const givesAccess = ({ access, revoked, terms }: PurchaseState, now: Instant): boolean =>
  !(access?.endsAt != null && access.endsAt <= now) && revoked.length < terms.productIds.length;

/** Only what is billed counts in a group [R27.4]. */
const isLiveIn = (group: string, { terms, startedAt, billing }: PurchaseState): boolean =>
  terms.group === group && startedAt !== null && isLive(billing);

function lacking({ requires = [] }: OfferTerms, owned: PurchaseState[], now: Instant): Obstacle | null {
  if (requires.length === 0) return null;
  const required = owned.filter(({ terms, startedAt }) => startedAt !== null && requires.includes(terms.offerId));
  if (required.some((state) => isInOrder(state, now))) return null;
  const halting = required.find(({ billing }) => isLive(billing));
  return { kind: 'requirement_missing', purchaseId: halting?.purchaseId ?? null };
}

/** Past due, paused or about to end, it carries nothing new [R27.6]. */
function isInOrder(state: PurchaseState, now: Instant): boolean {
  switch (billingStatus(state.billing)) {
    case 'trialing':
    case 'active':
      return cancellationOf(state.billing) === null;
    case 'past_due':
    case 'paused':
    case 'canceled':
      return false;
    case 'completed':
    case 'paid':
    case 'none':
      return accessStatus(state, now) !== 'none';
  }
}
