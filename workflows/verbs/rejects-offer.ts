import { currencyOf, intervalOf, isOpenEnded } from '../domain/price.ts';
import { periodEndOf } from '../domain/billing-parts.ts';
import type { Obstacle } from '../domain/obstacle.ts';
import type { OfferTerms } from '../domain/offer.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { ChangeOfferInput } from './found-offer.ts';
import type { VerbContext } from './verb.ts';

/** Which offers a purchase cannot become, and how [R26.1]. */
export function rejectsOffer(state: PurchaseState, input: ChangeOfferInput, { now }: VerbContext): Refusal | null {
  const { found, when, proration } = input;
  if (!found) return { code: 'unknown_offer', field: 'offerId', detail: 'offerId must name an offer of this account.' };
  const unfit = found.isArchived ? 'This offer is archived.' : whyUnfit(state.terms, found.terms);
  if (unfit !== null) return { code: 'wrong_offer', field: 'offerId', detail: unfit };
  if (found.obstacle) return { code: found.obstacle, field: 'offerId', detail: OBSTACLES[found.obstacle] };
  if (when === 'now' && found.awaitsContent) return CONTENT_UNCONFIRMED;
  if (when === 'now') return isSameInterval(state.terms, found.terms) || proration !== 'none' ? null : NEEDS_PRORATION;
  const endsAt = periodEndOf(state.billing);
  if (endsAt !== null && endsAt > now) return null;
  const detail = 'The period has just ended; ask again once its renewal is known.';
  return { code: 'instant_past', field: 'when', at: endsAt ?? undefined, detail };
}

const CONTENT_UNCONFIRMED: Refusal = {
  code: 'content_not_confirmed',
  detail: 'More is used than this offer has room for: first an operator has to confirm what stays.',
};

const OBSTACLES: Record<Obstacle['kind'], string> = {
  already_live: 'The contact has a live purchase of this offer.',
  group_taken: 'The contact has a live purchase of the same group.',
  requirement_missing: 'The contact has none of the offers that this one requires.',
};

function whyUnfit(from: OfferTerms, to: OfferTerms): string | null {
  if (to.offerId === from.offerId) return 'It is this offer already.';
  if (!isOpenEnded(to.price)) return 'Only another subscription can follow on a subscription.';
  return currencyOf(to.price) === currencyOf(from.price) ? null : 'This offer is in another currency.';
}

const isSameInterval = (from: OfferTerms, to: OfferTerms): boolean => intervalOf(from.price) === intervalOf(to.price);

const NEEDS_PRORATION: Refusal = {
  code: 'proration_impossible',
  field: 'proration',
  detail: 'Another interval begins a new period, which is charged: prorated or in full.',
};
