import { productRoutes } from '../../../catalog/products.ts';
import type { z } from 'zod';
import { CONTENT, EVERYBODY } from '../../../auth/roles.ts';
import type { productSchema } from '../../../catalog/offer-schema.ts';
import { hasRole, page, siteOf, type Page, type Site } from '../../page.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { Table } from '../../parts/list.tsx';
import { Day } from '../../parts/when.tsx';
import { CatalogList } from './catalog-list.tsx';

type Listed = { data: z.output<typeof productSchema>[]; nextCursor: string | null };

const PATH = '/products';

/** What access is given to [R4.1]. */
export const productsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, ['archived']);
    const archived = chosen.archived ?? 'false';
    const list = await api.read(productRoutes.list, { query: { ...chosen, archived, cursor: query.cursor } });
    const mayAdd = hasRole(call, CONTENT);
    return page('Products', <Products site={siteOf(call)} chosen={chosen} query={query} list={list} mayAdd={mayAdd} />);
  },
};

type Shown = {
  site: Site;
  chosen: Record<string, string>;
  query: Record<string, string>;
  list: Listed;
  mayAdd: boolean;
};

const Products = ({ site, chosen, query, list, mayAdd }: Shown) => (
  <CatalogList
    path={PATH}
    title="Products"
    tab="In use"
    add={mayAdd ? 'Create a product' : null}
    chosen={chosen}
    query={query}
    nextCursor={list.nextCursor}
  >
    <Table
      caption="Products, the newest first"
      rows={list.data}
      keyOf={({ id }) => id}
      empty={<NoProducts chosen={chosen} mayAdd={mayAdd} />}
      columns={[
        {
          label: 'Product',
          cell: ({ id, name }) => (
            <a className="strong" href={`${PATH}/${id}`}>
              {name}
            </a>
          ),
        },
        { label: 'Since', cell: ({ createdAt }) => <Day at={createdAt} site={site} /> },
      ]}
    />
  </CatalogList>
);

function NoProducts({ chosen, mayAdd }: Pick<Shown, 'chosen' | 'mayAdd'>) {
  if (chosen.archived === 'true') return <p>There are no archived products.</p>;
  if (!mayAdd) return <p>There are no products yet.</p>;
  return (
    <p>
      There are no products yet. <a href="/products/new">Create a product</a>: a course, a community, a download; then
      sell it with an offer.
    </p>
  );
}
