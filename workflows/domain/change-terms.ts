import { hasEndedAccess } from './billing-parts.ts';
import type { SubscriptionBilling } from './billing.ts';
import { addDays, latest, type Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import type { EntryData } from './outcome.ts';
import { intervalOf, soldPerPeriod } from './price.ts';
import type { AccessPeriod, PurchaseState } from './purchase.ts';
import { accessFrom } from './access-period.ts';

/** A purchase with a subscription. */
type Sold = PurchaseState & { billing: SubscriptionBilling };

/**
 * The purchase as another offer from `at` on [R26.2]: products in both stay as they are, with what
 * was revoked of them; the others open or end. Payments and the refund window go on. A price that
 * was changed at Stripe was the old offer's, and a pending change may be this one.
 */
export function withOffer(
  state: PurchaseState,
  billing: SubscriptionBilling,
  { terms, at }: { terms: OfferTerms; at: Instant },
): Sold {
  const access = state.access && !hasEndedAccess(billing) ? accessAs(state.access, terms, at) : state.access;
  const { pendingChange = null } = billing;
  const isThis = pendingChange?.terms.offerId === terms.offerId;
  return {
    ...state,
    terms,
    billing: { ...billing, changedPrice: null, pendingChange: isThis ? null : pendingChange },
    access,
    revoked: state.revoked.filter(({ productId }) => terms.productIds.includes(productId)),
    offerChangedAt: at,
    reached: {
      accessStarted: access !== null && access.startsAt <= at,
      accessExpired: access !== null && access.endsAt !== null && access.endsAt <= at,
    },
  };
}

/** Access that has begun goes on; its days are those of the new offer, from the change on. */
function accessAs({ startsAt }: AccessPeriod, terms: OfferTerms, at: Instant): AccessPeriod {
  if (startsAt > at) return accessFrom(latest(terms.accessStartsAt ?? at, at), terms);
  return { startsAt, endsAt: terms.accessDays === null ? null : addDays(at, terms.accessDays) };
}

/** Both offers as they were sold: what was sold before stays in the timeline. */
export function changedOffers(from: OfferTerms, to: OfferTerms): EntryData {
  const [was, is] = [soldPerPeriod(from.price), soldPerPeriod(to.price)];
  return {
    offerId: to.offerId,
    amountMinor: is?.amountMinor ?? null,
    currency: is?.currency ?? null,
    interval: intervalOf(to.price),
    productIds: to.productIds,
    fromOfferId: from.offerId,
    fromAmountMinor: was?.amountMinor ?? null,
    fromInterval: intervalOf(from.price),
    fromProductIds: from.productIds,
  };
}
