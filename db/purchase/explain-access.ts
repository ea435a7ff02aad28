import type { EntityManager } from '@mikro-orm/postgresql';
import { NO_REACH, productAccess, reachPerProduct, type Block, type Reach } from '../../workflows/domain/access.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Offer } from '../entities/offer.ts';
import { Product } from '../entities/product.ts';
import { Purchase } from '../entities/purchase.ts';
import { actorEmails, type ActorEmails } from '../people/actor-emails.ts';

/** One purchase's word on a product. */
type Way = { purchaseId: string; offerName: string; open: boolean; until: Instant | null; blocks: Block[] };

/**
 * A product, and every purchase of one contact that is about it: the one that gives access longest
 * first, then the newest [R5.4, R5.6].
 */
export type ExplainedProduct = { productId: string; productName: string; reach: Reach; ways: Way[] };

type Explained = { products: ExplainedProduct[]; emails: ActorEmails };

/** Every product of a contact's purchases, by name. */
export async function explainAccess(em: EntityManager, contactId: string, now: Instant): Promise<Explained> {
  const purchases = await em.find(
    Purchase,
    { contactId, startedAt: { $ne: null } },
    { orderBy: { startedAt: 'desc', id: 'desc' } },
  );
  const offers = await em.find(Offer, { id: { $in: purchases.map(({ offerId }) => offerId) } });
  const offerNames = new Map(offers.map(({ id, name }) => [id, name]));
  const ways = new Map<string, Way[]>();
  for (const { id: purchaseId, offerId, snapshot } of purchases) {
    for (const { productId, open, until, blocks } of productAccess(snapshot, now)) {
      const way = { purchaseId, offerName: offerNames.get(offerId) ?? '', open, until, blocks };
      ways.set(productId, [...(ways.get(productId) ?? []), way]);
    }
  }
  const reaches = reachPerProduct(
    purchases.map(({ snapshot }) => snapshot),
    now,
  );
  const products = await em.find(Product, { id: { $in: [...ways.keys()] } }, { orderBy: { name: 'asc', id: 'asc' } });
  const actors = [...ways.values()].flat().flatMap(({ blocks }) => blocks.flatMap(({ by }) => by ?? []));
  const named = products.map(({ id, name }) => ({
    productId: id,
    productName: name,
    reach: reaches.get(id) ?? NO_REACH,
    ways: (ways.get(id) ?? []).sort(byWorth),
  }));
  return { products: named, emails: await actorEmails(em, actors) };
}

/** Open before closed; among open ones, the later end first. */
function byWorth(a: Way, b: Way): number {
  if (a.open !== b.open) return a.open ? -1 : 1;
  const [one, other] = [a.until ?? NEVER, b.until ?? NEVER];
  return one === other ? 0 : one > other ? -1 : 1;
}

const NEVER = '9999';
