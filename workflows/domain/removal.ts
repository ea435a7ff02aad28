import { asksByRequest } from './cancellation-request.ts';
import type { Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import type { PurchaseState } from './purchase.ts';
import { entitlementOf } from './quotas.ts';

/**
 * Whether its end takes something from the account that it is for, so that it is removed by
 * operators alone, on the account's request [R20.1].
 */
export const isRemoved = (state: { terms: OfferTerms }): boolean =>
  asksByRequest(state) && entitlementOf(state.terms) !== null;

/** The standing request that wants money back; null = none does [R20.4]. */
function refundRequest(state: PurchaseState): { askedAt: Instant } | null {
  const { cancellationRequest: request } = state;
  return isRemoved(state) && request?.refundWanted ? request : null;
}

/** The instant by which money-back is judged: a removal may take as long as it takes [R20.4]. */
export const moneyBackAskedAt = (state: PurchaseState, now: Instant): Instant => refundRequest(state)?.askedAt ?? now;

/** Whether a payment was taken after the request, for which it goes back whatever the window. */
export function isTakenAfterRequest(state: PurchaseState, paidAt: Instant): boolean {
  const request = refundRequest(state);
  return request !== null && paidAt > request.askedAt;
}
