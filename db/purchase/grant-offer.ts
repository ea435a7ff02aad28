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
  terms: OfferTerms;
  promotion?: Promotion | undefined;
  origin: PurchaseState['origin'];
  now: Instant;
};

/** The row of what is asked for, before it is a purchase; its workflow makes it one. */
export async function insertIncomplete(
  tx: EntityManager,
  { purchaseId, contact, terms, promotion, origin, now }: Asked,
): Promise<void> {
  const ids = { accountId: contact.accountId, contactId: contact.id };
  const snapshot = incompletePurchase({ ...ids, purchaseId, origin, terms, ...(promotion && { promotion }) });
  await tx.insert(Purchase, {
    ...ids,
    id: purchaseId,
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

type Wanted = { contactId: string; terms: OfferTerms; origin: PurchaseState['origin']; now: Instant };

/** What is in the way, with the purchase because of which; judged under the contact's lock. */
export async function findObstacle(
  tx: EntityManager,
  { contactId, ...wanted }: Wanted,
): Promise<(Obstacle & { purchase: Purchase | null }) | null> {
  const purchases = await tx.find(Purchase, { contactId });
  const obstacle = obstacleTo(
    wanted,
    purchases.map(({ snapshot }) => snapshot),
  );
  return obstacle && { ...obstacle, purchase: purchases.find(({ id }) => id === obstacle.purchaseId) ?? null };
}
