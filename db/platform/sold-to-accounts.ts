import type { Unscoped } from '../account-scope.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';

/** What an account has bought from the platform or was granted, and the name of its offer. */
export type Sold = { purchase: Purchase; offerName: string };

const FRESH = { disableIdentityMap: true } as const;

/** What some accounts have of the platform that is not over, by account. */
export async function soldToAccounts(em: Unscoped, accountIds: readonly string[]): Promise<Map<string, Sold[]>> {
  const goesOn = { $or: [{ isLive: true }, { accessStatus: { $ne: 'none' as const } }] };
  const where = { holderId: { $in: [...accountIds] }, startedAt: { $ne: null }, duplicateOf: null, ...goesOn };
  const purchases = await em.find(Purchase, where, { ...FRESH, orderBy: { id: 'asc' } });
  const offers = await em.find(Offer, { id: { $in: [...new Set(purchases.map(({ offerId }) => offerId))] } }, FRESH);
  const nameOf = new Map(offers.map(({ id, name }) => [id, name]));
  const sold = purchases.map((purchase) => ({ purchase, offerName: nameOf.get(purchase.offerId) ?? '' }));
  return Map.groupBy(sold, ({ purchase }) => purchase.holderId);
}
