import type { ReactNode } from 'react';
import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { asTable, ID, type ListColumn } from '../../lists/column.tsx';
import { Table } from '../../parts/list.tsx';
import { priceInWords } from '../../parts/money.tsx';
import type { Here } from '../../words/instant.ts';
import { catalogPage, SINCE, type EmptyCatalog } from './catalog-page.tsx';

type Offer = z.output<typeof offerSchema>;

const OFFER_COLUMNS: readonly ListColumn<Offer>[] = [
  {
    name: 'offer',
    label: 'Offer',
    width: 'wide',
    at: '1',
    value: ({ name }) => name,
    href: ({ id }) => `/offers/${id}`,
  },
  { name: 'price', label: 'Price', at: '2', value: ({ price }) => priceInWords(price) },
  {
    name: 'products',
    label: 'Products',
    width: 'wide',
    isQuiet: true,
    value: ({ products }) => products.map(({ name }) => name).join(', '),
  },
  SINCE,
  ID,
];

/** What can be bought: a price for products [R4]. */
export const offersPage = catalogPage<Offer>({
  name: 'offers',
  path: '/offers',
  title: 'Offers',
  tab: 'On sale',
  add: 'Create an offer',
  adders: BILLING,
  read: ({ api }, query) => api.read(offerRoutes.list, { query }),
  columns: OFFER_COLUMNS,
  empty: (shown) => <NoOffers {...shown} />,
});

type TableProps = { offers: readonly Offer[]; site: Here; empty: ReactNode };

export const OfferTable = ({ offers, site, empty }: TableProps) => (
  <Table
    caption="Offers, the newest first"
    rows={offers}
    keyOf={({ id }) => id}
    empty={empty}
    columns={asTable(OFFER_COLUMNS, site)}
  />
);

function NoOffers({ isArchive, mayAdd }: EmptyCatalog) {
  if (isArchive) return <p>There are no archived offers.</p>;
  if (!mayAdd) return <p>No offers are on sale. An owner or administrator can create one.</p>;
  return (
    <p>
      No offers are on sale. <a href="/offers/new">Create an offer</a>: one price for one or more products.
    </p>
  );
}
