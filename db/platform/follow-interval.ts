import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { pendingChangeOf } from '../../workflows/domain/billing-parts.ts';
import { fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { intervalOf } from '../../workflows/domain/price.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import type { ChangeOfferInput } from '../../workflows/verbs/found-offer.ts';
import { termsOf } from '../catalog/terms-of.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { acceptCommand } from '../inbox/accept-command.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';

/**
 * A plan that is billed by another interval takes the add-on along, with the add-on's next renewal:
 * its owner is told of the price before it is charged [R19.1, R27.6]. In the transaction in which
 * the plan has changed, which wakes what requires it.
 */
export async function followInterval(tx: EntityManager, { state: plan, entries, now }: PurchaseRecord): Promise<void> {
  const { forAccountId, accountId, terms } = plan;
  if (forAccountId === undefined || !entries.some(({ type }) => type === 'purchase.offer-changed')) return;
  for (const { addOn, input } of await addOnsToFollow(tx, { accountId, forAccountId, plan: terms, now })) {
    const whose = { accountId, purchaseId: addOn.id, actor: SYSTEM, askedAt: now };
    const said = { planHash: null, expectedVersion: null, reason: null, feedback: null };
    await acceptCommand(tx, { commandId: uuid(), name: 'change-offer', input, ...whose, ...said });
  }
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
  const held = await em.find(Purchase, { holderId: forAccountId, isLive: true }, { disableIdentityMap: true });
  const offers = await em.find(Offer, { accountId, archivedAt: null, quotaFactor: { $ne: null } });
  const offer = offers.find(({ price, requires }) => intervalOf(price) === interval && requires.includes(plan.offerId));
  if (!offer) return [];
  return held
    .filter(({ snapshot: { terms, billing } }) => {
      const isBehind = terms.quotaFactor != null && intervalOf(terms.price) !== interval;
      return isBehind && !pendingChangeOf(billing);
    })
    .map((addOn) => ({ addOn, offer, input: toBecome(offer, now) }));
}

function toBecome(offer: Offer, now: Instant): ChangeOfferInput {
  const asOf = fromMs(Math.floor(toMs(now) / 1000) * 1000);
  const nothing = { isArchived: false, obstacle: null, quote: null };
  const found = { terms: termsOf(offer), priceId: offer.stripePriceId, asOf, ...nothing };
  return { offerId: offer.id, when: 'period_end', proration: 'none', found };
}
