import type { Scoped } from '../account-scope.ts';
import { Purchase } from '../entities/purchase.ts';
import { withoutTest } from '../people/test-customers.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';
import { PURCHASE_SORTS } from './purchases.ts';

/** More than anybody has; of somebody who has, the latest count. */
const MOST_TOGETHER = 200;

/** What a contact has. */
export const heldByContact = (em: Scoped, contactId: string): Promise<Purchase[]> => held(em, { contactId });

/**
 * Purchases, with all others of the holders of those that require something: what ends a purchase
 * may be the end of another one [R27.6].
 */
export async function withRequired(em: Scoped, purchases: Purchase[]): Promise<Purchase[]> {
  const holderIds = new Set(purchases.filter(({ requires }) => requires.length > 0).map(({ holderId }) => holderId));
  const known = new Set(purchases.map(({ id }) => id));
  const others: Purchase[] = [];
  for (const holderId of holderIds) others.push(...(await held(em, { holderId })));
  return [...purchases, ...others.filter(({ id }) => !known.has(id))];
}

const held = (em: Scoped, whose: { contactId: string } | { holderId: string }): Promise<Purchase[]> =>
  em.find(
    Purchase,
    { ...whose, startedAt: { $ne: null } },
    { orderBy: { startedAt: 'desc', id: 'desc' }, limit: MOST_TOGETHER, disableIdentityMap: true },
  );

/** Purchases of the account that may be charged again, the newest first, test customers aside. */
export async function billedPurchases(em: Scoped, page: PageQuery): Promise<Page<Purchase>> {
  const where = { startedAt: { $ne: null }, isLive: true, duplicateOf: null };
  const conditions = await withoutTest(em, 'contact_id');
  return findPage(em, Purchase, { where, conditions, order: PURCHASE_SORTS.newest }, page);
}
