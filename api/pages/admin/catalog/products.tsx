import type { z } from 'zod';
import { CONTENT } from '../../../auth/roles.ts';
import type { productSchema } from '../../../catalog/offer-schema.ts';
import { productRoutes } from '../../../catalog/products.ts';
import { ID } from '../../lists/column.tsx';
import { catalogPage, SINCE, type EmptyCatalog } from './catalog-page.tsx';

type Product = z.output<typeof productSchema>;

/** What access is given to [R4.1]. */
export const productsPage = catalogPage<Product>({
  name: 'products',
  path: '/products',
  title: 'Products',
  tab: 'In use',
  add: 'Create a product',
  adders: CONTENT,
  read: ({ api }, query) => api.read(productRoutes.list, { query }),
  columns: [
    {
      name: 'product',
      label: 'Product',
      width: 'wide',
      at: '1',
      value: ({ name }) => name,
      href: ({ id }) => `/products/${id}`,
    },
    SINCE,
    ID,
  ],
  empty: (shown) => <NoProducts {...shown} />,
});

function NoProducts({ isArchive, mayAdd }: EmptyCatalog) {
  if (isArchive) return <p>There are no archived products.</p>;
  if (!mayAdd) return <p>There are no products yet.</p>;
  return (
    <p>
      There are no products yet. <a href="/products/new">Create a product</a>: a course, a community, a download; then
      sell it with an offer.
    </p>
  );
}
