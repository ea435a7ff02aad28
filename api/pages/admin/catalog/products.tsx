import type { z } from 'zod';
import { CONTENT } from '../../../auth/roles.ts';
import type { productSchema } from '../../../catalog/offer-schema.ts';
import { productRoutes } from '../../../catalog/products.ts';
import { Table } from '../../parts/list.tsx';
import { Day } from '../../parts/when.tsx';
import { catalogPage, type CatalogTable } from './catalog-page.tsx';

type Product = z.output<typeof productSchema>;

/** What access is given to [R4.1]. */
export const productsPage = catalogPage<Product>({
  path: '/products',
  title: 'Products',
  tab: 'In use',
  add: 'Create a product',
  adders: CONTENT,
  read: ({ api }, query) => api.read(productRoutes.list, { query }),
  table: ({ rows, site, isArchive, mayAdd }) => (
    <Table
      caption="Products, the newest first"
      rows={rows}
      keyOf={({ id }) => id}
      empty={<NoProducts isArchive={isArchive} mayAdd={mayAdd} />}
      columns={[
        {
          label: 'Product',
          width: 'wide',
          at: '1',
          cell: ({ id, name }) => (
            <a className="row" href={`/products/${id}`}>
              {name}
            </a>
          ),
        },
        { label: 'Since', cell: ({ createdAt }) => <Day at={createdAt} site={site} />, isFigure: true, at: '1r' },
      ]}
    />
  ),
});

function NoProducts({ isArchive, mayAdd }: Pick<CatalogTable<Product>, 'isArchive' | 'mayAdd'>) {
  if (isArchive) return <p>There are no archived products.</p>;
  if (!mayAdd) return <p>There are no products yet.</p>;
  return (
    <p>
      There are no products yet. <a href="/products/new">Create a product</a>: a course, a community, a download; then
      sell it with an offer.
    </p>
  );
}
