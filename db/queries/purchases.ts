import type { EntityManager } from '@mikro-orm/postgresql';
import { Contact } from '../entities/contact.ts';
import { Offer } from '../entities/offer.ts';
import { Product } from '../entities/product.ts';
import { Purchase } from '../entities/purchase.ts';
import { actorEmails, type ActorEmails } from './actor-emails.ts';
import { findPage, type Page, type PageQuery } from './page.ts';

export type PurchaseFilter = {
  billingStatus?: string;
  accessStatus?: string;
  offerId?: string;
  contactId?: string;
  needsAttention?: boolean;
};

/** The purchases of an account, the newest first; a checkout that was never paid is none [R5.2]. */
export function listPurchases(
  em: EntityManager,
  accountId: string,
  filter: PurchaseFilter,
  page: PageQuery,
): Promise<Page<Purchase>> {
  return findPage(em, Purchase, { sort: 'bornAt', where: { accountId, bornAt: { $ne: null }, ...filter } }, page);
}

/** One purchase of the account, or a checkout that has not become one; always as it stands now. */
export function findPurchase(em: EntityManager, accountId: string, id: string): Promise<Purchase | null> {
  return em.findOne(Purchase, { id, accountId }, { disableIdentityMap: true });
}

/** A purchase with the names of everything that it speaks of. */
export type FullPurchase = {
  purchase: Purchase;
  contact: Contact;
  offer: Offer;
  productNames: Map<string, string>;
  emails: ActorEmails;
};

export async function withNames(em: EntityManager, purchase: Purchase): Promise<FullPurchase> {
  const { snapshot } = purchase;
  const ended = snapshot.billing.kind === 'subscription' && snapshot.billing.ended;
  const actors = [...snapshot.revoked.map(({ by }) => by), ...(ended ? [ended.by] : [])];
  const contact = await em.findOneOrFail(Contact, { id: purchase.contactId });
  const offer = await em.findOneOrFail(Offer, { id: purchase.offerId });
  const products = await em.find(Product, { id: { $in: snapshot.terms.productIds } });
  const productNames = new Map(products.map((product) => [product.id, product.name]));
  return { purchase, contact, offer, productNames, emails: await actorEmails(em, actors) };
}
