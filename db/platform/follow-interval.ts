import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { pendingChangeOf, periodEndOf } from '../../workflows/domain/billing-parts.ts';
import { type Instant, toWholeSecond } from '../../workflows/domain/instant.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import { isAddOn } from '../../workflows/domain/quotas.ts';
import { SYSTEM, type VerbName } from '../../workflows/domain/verb.ts';
import type { ChangeOfferInput } from '../../workflows/verbs/found-offer.ts';
import { pricesAtStripe } from '../catalog/at-stripe.ts';
import { stripeAccountOf } from '../money/stripe-account.ts';
import { termsOf } from '../catalog/terms-of.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { acceptCommand } from '../inbox/accept-command.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';

const FOLLOWED: readonly string[] = [
  'purchase.offer-changed',
  'purchase.offer-change-scheduled',
  'purchase.offer-change-undone',
];

/** Whether it is what an add-on may have to follow: what an account has bought, and its change. */
export const leadsAddOn = ({ state: { forAccountId }, entries }: PurchaseRecord): boolean =>
  forAccountId !== undefined && entries.some(({ type }) => FOLLOWED.includes(type));

/**
 * A plan that is billed by another interval takes the add-on along, with the add-on's next renewal
 * from then on: its owner is told of the price before it is charged [R19.1, R27.6]. A change that
 * is only planned counts as well, since both may renew at one instant; taken back, it takes back
 * the add-on's. In the transaction in which the plan changes, or is to change.
 */
export async function followInterval(tx: EntityManager, record: PurchaseRecord): Promise<void> {
  const { state: plan, now } = record;
  const { forAccountId, accountId } = plan;
  if (forAccountId === undefined || !leadsAddOn(record)) return;
  const change = pendingChangeOf(plan.billing);
  const ask = (purchaseId: string, name: VerbName, input: object) => {
    const whose = { accountId, purchaseId, actor: SYSTEM, askedAt: now };
    const said = { planHash: null, expectedVersion: null, reason: null, feedback: null };
    return acceptCommand(tx, { commandId: uuid(), name, input, ...whose, ...said });
  };
  const { terms } = change ?? plan;
  for (const { addOn, input } of await addOnsToFollow(tx, { accountId, forAccountId, plan: terms, now })) {
    const renewsAt = periodEndOf(addOn.snapshot.billing);
    if (!change || (renewsAt !== null && renewsAt >= change.at)) await ask(addOn.id, 'change-offer', input);
  }
  if (change) return;
  for (const { id } of await addOnsToStay(tx, forAccountId, terms)) await ask(id, 'undo-change-offer', {});
}

async function liveAddOns(em: EntityManager, holderId: string): Promise<Purchase[]> {
  const held = await em.find(Purchase, { holderId, isLive: true }, { disableIdentityMap: true });
  return held.filter(({ snapshot }) => isAddOn(snapshot.terms));
}

/** Those at the interval of their plan that are to leave it. */
async function addOnsToStay(em: EntityManager, forAccountId: string, plan: OfferTerms): Promise<Purchase[]> {
  const interval = intervalOf(plan.price);
  const addOns = await liveAddOns(em, forAccountId);
  return addOns.filter(({ snapshot: { terms, billing } }) => {
    const change = pendingChangeOf(billing);
    const isOfPlan = terms.requires?.includes(plan.offerId) === true;
    return isOfPlan && change && intervalOf(terms.price) === interval && intervalOf(change.terms.price) !== interval;
  });
}

/** `plan`: what the account's plan has become, or would. */
type Followed = { accountId: string; forAccountId: string; plan: OfferTerms; now: Instant };

/** An add-on at another interval than its plan, and what it is asked to become. */
type Following = { addOn: Purchase; offer: Offer; input: ChangeOfferInput };

/** One that has a change pending stays at its interval, until the plan changes again. */
export async function addOnsToFollow(
  em: EntityManager,
  { accountId, forAccountId, plan, now }: Followed,
): Promise<Following[]> {
  const interval = intervalOf(plan.price);
  const addOns = await liveAddOns(em, forAccountId);
  const offers = await em.find(Offer, { accountId, archivedAt: null, quotaFactor: { $ne: null } });
  const offer = offers.find(({ price, requires }) => intervalOf(price) === interval && requires.includes(plan.offerId));
  if (!offer) return [];
  const following: Following[] = [];
  for (const addOn of addOns) {
    const { terms, billing } = addOn.snapshot;
    if (intervalOf(terms.price) === interval || pendingChangeOf(billing)) continue;
    const prices = await pricesAtStripe(em, offer.id, await stripeAccountOf(em, addOn.id));
    following.push({ addOn, offer, input: toBecome(offer, prices?.stripePriceId ?? null, now) });
  }
  return following;
}

function toBecome(offer: Offer, priceId: string | null, now: Instant): ChangeOfferInput {
  const asOf = toWholeSecond(now);
  const nothing = { isArchived: false, obstacle: null, quote: null };
  const found = { terms: termsOf(offer), priceId, asOf, ...nothing };
  return { offerId: offer.id, when: 'period_end', proration: 'none', found };
}
