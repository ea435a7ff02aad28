import { offerRoutes } from '../../../catalog/offers.ts';
import type { z } from 'zod';
import { BILLING, EVERYBODY } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import { hasRole, page, siteOf, type Page, type Site } from '../../page.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { Table } from '../../parts/list.tsx';
import { priceInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { CatalogList } from './catalog-list.tsx';

type Offer = z.output<typeof offerSchema>;
type Listed = { data: Offer[]; nextCursor: string | null };

const PATH = '/offers';

/** What can be bought: a price for products [R4]. */
export const offersPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: EVERYBODY,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, ['archived']);
    const archived = chosen.archived ?? 'false';
    const list = await api.read(offerRoutes.list, { query: { ...chosen, archived, cursor: query.cursor } });
    const mayAdd = hasRole(call, BILLING);
    return page('Offers', <Offers site={siteOf(call)} chosen={chosen} query={query} list={list} mayAdd={mayAdd} />);
  },
};

type Shown = {
  site: Site;
  chosen: Record<string, string>;
  query: Record<string, string>;
  list: Listed;
  mayAdd: boolean;
};

const Offers = ({ site, chosen, query, list, mayAdd }: Shown) => (
  <CatalogList
    path={PATH}
    title="Offers"
    tab="On sale"
    add={mayAdd ? 'Create an offer' : null}
    chosen={chosen}
    query={query}
    nextCursor={list.nextCursor}
  >
    <OfferTable offers={list.data} site={site} empty={<NoOffers chosen={chosen} mayAdd={mayAdd} />} />
  </CatalogList>
);

type TableProps = { offers: readonly Offer[]; site: Site; empty: React.ReactNode };

export const OfferTable = ({ offers, site, empty }: TableProps) => (
  <Table
    caption="Offers, the newest first"
    rows={offers}
    keyOf={({ id }) => id}
    empty={empty}
    columns={[
      {
        label: 'Offer',
        cell: ({ id, name }) => (
          <a className="strong" href={`${PATH}/${id}`}>
            {name}
          </a>
        ),
      },
      { label: 'Price', cell: ({ price }) => priceInWords(price) },
      { label: 'Products', cell: ({ products }) => products.map(({ name }) => name).join(', ') },
      { label: 'Since', cell: ({ createdAt }) => <Day at={createdAt} site={site} /> },
    ]}
  />
);

function NoOffers({ chosen, mayAdd }: Pick<Shown, 'chosen' | 'mayAdd'>) {
  if (chosen.archived === 'true') return <p>There are no archived offers.</p>;
  if (!mayAdd) return <p>No offers are on sale. An owner or administrator can create one.</p>;
  return (
    <p>
      No offers are on sale. <a href="/offers/new">Create an offer</a>: one price for one or more products.
    </p>
  );
}
