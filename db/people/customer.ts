import type { EntityManager } from '@mikro-orm/postgresql';
import type { Scoped } from '../account-scope.ts';
import { Offer } from '../entities/offer.ts';
import { Product } from '../entities/product.ts';
import { Purchase } from '../entities/purchase.ts';
import { pendingChangeOf } from '../../workflows/domain/billing-parts.ts';
import { withAllPayments } from '../money/recalled-payments.ts';
import { lastCards, type PaymentCard } from '../money/receipts.ts';
import { query, sql } from '../sql.ts';
import { latestRequests, type LatestRequest } from '../purchase/cancellation-requests.ts';

/** A contact's purchase with what is in it, by id. */
export type OwnPurchase = {
  purchase: Purchase;
  offer: Offer;
  /** What it becomes with the end of its period; null = it stays what it is. */
  nextOffer: Offer | null;
  products: Map<string, Product>;
  /** The latest request to cancel it; null = there never was one. */
  request: LatestRequest | null;
  /** That of its last successful charge; null = there is none, or it is not known. */
  card: PaymentCard | null;
};

/** More than anybody has; keeps one page's answer bounded. */
const MOST = 200;

/**
 * The purchases of one contact, the newest first; a checkout that was never paid is none [R5.2].
 * `id` = only that one.
 */
export async function ownPurchases(em: Scoped, { id: contactId }: { id: string }, id?: string): Promise<OwnPurchase[]> {
  const purchases = await em.find(
    Purchase,
    { contactId, startedAt: { $ne: null }, ...(id !== undefined && { id }) },
    { orderBy: { startedAt: 'desc', id: 'desc' }, limit: MOST, disableIdentityMap: true },
  );
  for (const purchase of purchases) await withAllPayments(em, purchase);
  const offerIds = new Set(
    purchases.flatMap((purchase) => [purchase.offerId, nextOfferId(purchase) ?? purchase.offerId]),
  );
  const offers = new Map((await em.find(Offer, { id: { $in: [...offerIds] } })).map((offer) => [offer.id, offer]));
  const productIds = [...new Set(purchases.flatMap(({ snapshot }) => snapshot.terms.productIds))];
  const found = await em.find(Product, { id: { $in: productIds } });
  const products = new Map(found.map((product) => [product.id, product]));
  const ids = purchases.map((purchase) => purchase.id);
  const [requests, cards] = [await latestRequests(em, ids), await lastCards(em, ids)];
  return purchases.flatMap((purchase) => {
    const offer = offers.get(purchase.offerId);
    if (!offer) return [];
    const nextOffer = offers.get(nextOfferId(purchase) ?? '') ?? null;
    const [request, card] = [requests.get(purchase.id) ?? null, cards.get(purchase.id) ?? null];
    return [{ purchase, offer, nextOffer, products, request, card }];
  });
}

/**
 * One of a contact's purchases, without what is in it, or one for the account that is named; null =
 * they have none of this id.
 */
export const ownPurchase = (
  em: Scoped,
  { id: contactId }: { id: string },
  id: string,
  forAccountId?: string,
): Promise<Purchase | null> => {
  const whose = forAccountId === undefined ? { contactId } : { forAccountId };
  return em.findOne(Purchase, { id, ...whose, startedAt: { $ne: null } }, { disableIdentityMap: true });
};

/** Whether any purchase of a contact gives calls or office hours, or did while it ran. */
export async function givesCalls(em: EntityManager, contactId: string): Promise<boolean> {
  const [found] = await query<{ gives: boolean }>(
    em,
    sql`select exists (select from purchases where contact_id = ${contactId} and started_at is not null
      and (jsonb_typeof(snapshot #> '{terms,credits}') = 'object' or snapshot #> '{terms,officeHours}' = 'true')) as gives`,
  );
  return found?.gives ?? false;
}

const nextOfferId = ({ snapshot }: Purchase): string | null => pendingChangeOf(snapshot.billing)?.terms.offerId ?? null;
