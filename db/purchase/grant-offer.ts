import type { EntityManager } from '@mikro-orm/postgresql';
import { incompletePurchase } from '../../workflows/domain/start-purchase.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { obstacleTo, type Obstacle } from '../../workflows/domain/obstacle.ts';
import type { Promotion } from '../../workflows/domain/discount.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Contact } from '../entities/contact.ts';
import { Purchase } from '../entities/purchase.ts';

type Asked = {
  purchaseId: string;
  contact: Contact;
  /** null = it is for the contact. */
  forAccountId?: string | null | undefined;
  terms: OfferTerms;
  promotion?: Promotion | undefined;
  origin: PurchaseState['origin'];
  now: Instant;
};

/** The row of what is asked for, before it is a purchase; its workflow makes it one. */
export async function insertIncomplete(
  tx: EntityManager,
  { purchaseId, contact, forAccountId = null, terms, promotion, origin, now }: Asked,
): Promise<void> {
  const ids = { accountId: contact.accountId, contactId: contact.id };
  const optional = { ...(promotion && { promotion }), ...(forAccountId && { forAccountId }) };
  const snapshot = incompletePurchase({ ...ids, purchaseId, origin, terms, ...optional });
  await tx.insert(Purchase, {
    ...ids,
    id: purchaseId,
    forAccountId,
    offerId: terms.offerId,
    requires: terms.requires ?? [],
    groupName: terms.group ?? null,
    origin,
    snapshot,
    billingStatus: 'none',
    accessStatus: 'none',
    createdAt: now,
    updatedAt: now,
  });
}

type Wanted = { holderId: string; terms: OfferTerms; origin: PurchaseState['origin']; now: Instant };

/** What is in the way, with the purchase because of which; judged under the holder's lock. */
export async function findObstacle(
  tx: EntityManager,
  { holderId, ...wanted }: Wanted,
): Promise<(Obstacle & { purchase: Purchase | null }) | null> {
  const purchases = await tx.find(Purchase, { holderId });
  const obstacle = obstacleTo(
    wanted,
    purchases.map(({ snapshot }) => snapshot),
  );
  return obstacle && { ...obstacle, purchase: purchases.find(({ id }) => id === obstacle.purchaseId) ?? null };
}
