import type { EntityManager } from '@mikro-orm/postgresql';
import { incompletePurchase } from '../../workflows/domain/start-purchase.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Contact } from '../entities/contact.ts';
import type { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';

/** The offer as it is now: later edits do not reach what was bought or granted for it. */
const termsOf = (offer: Offer): OfferTerms => ({
  offerId: offer.id,
  productIds: offer.productIds,
  price: offer.price,
  refundWindowDays: offer.refundWindowDays,
  accessDays: offer.accessDays,
  accessStartsAt: offer.accessStartsAt,
  emailsOff: offer.emailsOff,
});

type Asked = { purchaseId: string; contact: Contact; offer: Offer; origin: PurchaseState['origin']; now: Instant };

/** The row of what is asked for, before it is a purchase; its workflow makes it one. */
export async function insertIncomplete(
  tx: EntityManager,
  { purchaseId, contact, offer, origin, now }: Asked,
): Promise<void> {
  const ids = { accountId: offer.accountId, contactId: contact.id };
  const snapshot = incompletePurchase({ ...ids, purchaseId, origin, terms: termsOf(offer) });
  await tx.insert(Purchase, {
    ...ids,
    id: purchaseId,
    offerId: offer.id,
    origin,
    snapshot,
    billingStatus: 'none',
    accessStatus: 'none',
    createdAt: now,
    updatedAt: now,
  });
}

/**
 * The purchase because of which an offer cannot be granted again: a live one, or a grant that still
 * gives or will give access [R5.7].
 */
export async function grantInTheWay(
  tx: EntityManager,
  contactId: string,
  offerId: string,
  now: Instant,
): Promise<string | null> {
  const purchases = await tx.find(Purchase, { contactId, offerId });
  return purchases.find(({ snapshot }) => isInTheWay(snapshot, now))?.id ?? null;
}

function isInTheWay(
  { origin, startedAt, billing, duplicateOf, revoked, terms, access }: PurchaseState,
  now: Instant,
): boolean {
  if (duplicateOf) return false;
  if (origin === 'bought') return startedAt !== null && isLive(billing);
  const isOver = access?.endsAt != null && access.endsAt <= now;
  return !isOver && revoked.length < terms.productIds.length;
}
