import { cancellationOf, endOf, pendingChangeOf } from './billing-parts.ts';
import { billingStatus, isLive } from './billing.ts';
import { latest, type Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * Of the purchases that satisfy what one requires, or did as another offer, the last to end; null =
 * not known to end.
 */
export type Requirement = { purchaseId: string; until: Instant | null };

/** A purchase that requires one of these offers, and is satisfied by nothing but this one. */
export type Dependent = { purchaseId: string; until: Instant | null; offerIds: string[] };

/**
 * Until when others may go on that require it; null = no end is known. Past due, paused or about to
 * end it still counts; a revocation is a block that may lift, and changes nothing [R27.6].
 */
export function carriesUntil({ billing, access }: PurchaseState): Instant | null {
  const end = endOf(billing);
  if (end && end.cause !== 'completed') return end.at;
  if (isLive(billing)) return cancellationOf(billing)?.at ?? null;
  const endsAt = access?.endsAt ?? null;
  return end && endsAt ? latest(end.at, endsAt) : endsAt;
}

/** Whether that end has come, and was acted on. */
export function carriesNoMore({ billing, reached }: PurchaseState): boolean {
  return billingStatus(billing) === 'canceled' || (!isLive(billing) && reached.accessExpired);
}

export const hasEndedBy = (
  requirement: Requirement | null,
  now: Instant,
): requirement is Requirement & { until: Instant } =>
  requirement !== null && requirement.until !== null && requirement.until <= now;

/**
 * Whether what it requires is gone: it has ended by then, or has become another offer, which
 * satisfies it no more.
 */
export const hasLost = (
  { terms: { requires = [] } }: PurchaseState,
  requirement: Requirement | null | undefined,
  now: Instant,
): boolean => (requirement === null ? requires.length > 0 : hasEndedBy(requirement ?? null, now));

const isEarlier = (end: Instant | null, than: Instant | null): end is Instant =>
  end !== null && (than === null || end < than);

/** Those that would lose what they require, were it to end earlier or to be another offer. */
export function leftBehind(dependents: readonly Dependent[], before: PurchaseState, next: PurchaseState): Dependent[] {
  const until = carriesUntil(next);
  const offerId = (pendingChangeOf(next.billing) ?? next).terms.offerId;
  const endsEarlier = isEarlier(until, carriesUntil(before));
  return dependents.filter(
    (one) =>
      (endsEarlier && isEarlier(until, one.until)) ||
      (offerId !== before.terms.offerId && !one.offerIds.includes(offerId)),
  );
}
