import { pricesAtStripe } from '../../db/catalog/at-stripe.ts';
import { termsOfCode } from '../../db/catalog/promotion-codes.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { Offer } from '../../db/entities/offer.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { customerOfPurchase } from '../../db/money/customer-at-stripe.ts';
import { contentOver } from '../../db/platform/kept-content.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { discountsOf, subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { withoutEnded } from '../../workflows/domain/discount.ts';
import { toMs, type Instant, toWholeSecond } from '../../workflows/domain/instant.ts';
import { obstacleTo } from '../../workflows/domain/obstacle.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import { isOpenEnded, onceBegun } from '../../workflows/domain/price.ts';
import { refusesOffer } from '../../workflows/domain/promotion-code.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { prorationOf } from '../../workflows/verbs/change-offer.ts';
import type { ChangeOfferInput, FoundOffer } from '../../workflows/verbs/found-offer.ts';
import { asOfPlan } from '../../workflows/verbs/preview.ts';
import { ensurePrice } from '../../activities/gateways/ensure-price.ts';
import type { Preparing } from './asked-verb.ts';
import { unlessAway } from '../http/unless-away.ts';

/** Reads what only Postgres and Stripe know of the offer that a purchase is to become [R26.1]. */
export async function findOffer(input: ChangeOfferInput, around: Preparing): Promise<ChangeOfferInput> {
  const { em, purchase, now, planHash } = around;
  const offer = await em.findOne(Offer, { id: input.offerId });
  if (!offer) return input;
  const others = await em.find(Purchase, { holderId: purchase.holderId, id: { $ne: purchase.id } });
  const wanted = { terms: termsOf(offer), origin: 'bought' as const, now };
  const found: FoundOffer = {
    terms: wanted.terms,
    priceId: await priceOf(offer, around),
    isArchived: offer.archivedAt !== null,
    ...(await endedDiscounts(wanted.terms, around)),
    obstacle:
      obstacleTo(
        wanted,
        others.map(({ snapshot }) => snapshot),
      )?.kind ?? null,
    ...(await awaitsContent(wanted.terms, around)),
    asOf: prorationDate(planHash, now),
    quote: null,
  };
  return { ...input, found: { ...found, quote: await quoteOf({ ...input, found }, around) } };
}

/** What is for an account becomes less only with room for its content, or once it is confirmed. */
async function awaitsContent(terms: OfferTerms, { em, purchase: { id, forAccountId } }: Preparing) {
  if (forAccountId === null) return {};
  const instead = { purchaseId: id, entitlement: entitlementOf(terms) };
  const { state } = await contentOver(em, forAccountId, instead);
  return state === 'fits' || state === 'confirmed' ? {} : { awaitsContent: true as const };
}

/** A code goes on where it holds for the offer; what was put on at Stripe always does [R27.5]. */
async function endedDiscounts({ offerId, price }: OfferTerms, { em, purchase }: Preparing) {
  const held = discountsOf(purchase.snapshot.billing);
  const ids = held.flatMap(({ promotionCodeId }) => promotionCodeId ?? []);
  const codes = ids.length > 0 ? await em.find(PromotionCode, { id: { $in: ids } }) : [];
  const ending = codes.filter((code) => refusesOffer(termsOfCode(code), { offerId, price: onceBegun(price) }));
  const lost = held.filter(({ promotionCodeId }) => ending.some(({ id }) => id === promotionCodeId));
  return lost.length > 0 ? { endedDiscounts: lost.map(({ discountId }) => discountId) } : {};
}

/** How long the figures of a preview hold. */
const PREVIEW_HOLDS_MS = 60 * 60 * 1000;

/** The instant of the preview that was seen, so that its figures are charged; else now. */
function prorationDate(planHash: string | null, now: Instant): Instant {
  const seen = asOfPlan(planHash);
  const isFresh = seen !== null && seen <= now && toMs(now) - toMs(seen) <= PREVIEW_HOLDS_MS;
  return isFresh ? seen : toWholeSecond(now);
}

/**
 * Its price at Stripe, made anew where it is sold there no more [R22.7]; null = it is not fit, or
 * is made with the change, since Stripe is away [R6.2].
 */
async function priceOf(offer: Offer, { em, purchase, stripe }: Preparing): Promise<string | null> {
  const { price } = offer;
  if (!isOpenEnded(price) || offer.archivedAt !== null) return null;
  const account = { stripeAccount: await stripeAccountOf(em, purchase.id) };
  const stripePriceId = (await pricesAtStripe(em, offer.id, account.stripeAccount))?.stripePriceId ?? null;
  const lost = stripePriceId === null || (await isSold(stripePriceId, { em, purchase, stripe })) ? null : stripePriceId;
  const made = await unlessAway(null, ensurePrice({ em, account, offer, price, lost }, { stripe }));
  return made?.stripePriceId ?? null;
}

async function isSold(priceId: string, { em, purchase, stripe }: Pick<Preparing, 'em' | 'purchase' | 'stripe'>) {
  const customerId = await customerOfPurchase(em, purchase.id);
  if (customerId === null) return true;
  const made = { customerId, priceIds: [priceId] };
  return unlessAway({ price: true }, stripe.stillSells(made, await stripeAccountOf(em, purchase.id))).then(
    ({ price }) => price,
  );
}

/** Stripe's figures, where the change is legal and is invoiced at once. */
async function quoteOf(input: ChangeOfferInput, { em, purchase, now, actor, settings, stripe }: Preparing) {
  const { found } = input;
  const subscriptionId = subscriptionIdOf(purchase.snapshot.billing);
  if (!found?.priceId || subscriptionId === null || input.when !== 'now') return null;
  const proration = prorationOf(purchase.snapshot, input);
  if (proration === 'none' || ask('change-offer', purchase.snapshot, input, { now, actor, settings })) return null;
  const { priceId, asOf, endedDiscounts: ended } = found;
  const kept = withoutEnded(discountsOf(purchase.snapshot.billing), ended).map(({ discountId }) => discountId);
  const change = { subscriptionId, priceId, proration, asOf, ...(ended && { discounts: kept }) };
  return unlessAway(null, stripe.changeQuote(change, await stripeAccountOf(em, purchase.id)));
}
