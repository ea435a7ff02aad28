import type { Scoped } from '../account-scope.ts';
import { Offer } from '../entities/offer.ts';
import { Product } from '../entities/product.ts';
import { findPage, NEWEST, whereArchived, type Page, type PageQuery } from '../page.ts';

export type OfferFilter = {
  archived?: boolean | undefined;
  /** Offers that bundle it. */
  productId?: string | undefined;
};

export function listOffers(em: Scoped, { archived, productId }: OfferFilter, page: PageQuery): Promise<Page<Offer>> {
  const conditions = productId ? [{ sql: '?::uuid = any(r.product_ids)', params: [productId] }] : [];
  return findPage(em, Offer, { order: NEWEST, where: whereArchived(archived), conditions }, page);
}

export function listProducts(
  em: Scoped,
  { archived }: Pick<OfferFilter, 'archived'>,
  page: PageQuery,
): Promise<Page<Product>> {
  return findPage(em, Product, { order: NEWEST, where: whereArchived(archived) }, page);
}

/** The products that some offers bundle, archived ones as well, by id. */
export async function productsOf(
  em: Scoped,
  offers: readonly Pick<Offer, 'productIds'>[],
): Promise<Map<string, Product>> {
  const ids = [...new Set(offers.flatMap(({ productIds }) => productIds))];
  const products = await em.find(Product, { id: { $in: ids } });
  return new Map(products.map((product) => [product.id, product]));
}
