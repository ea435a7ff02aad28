import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { priceInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { catalogPage, type CatalogTable } from './catalog-page.tsx';

type Offer = z.output<typeof offerSchema>;

/** What can be bought: a price for products [R4]. */
export const offersPage = catalogPage<Offer>({
  path: '/offers',
  title: 'Offers',
  tab: 'On sale',
  add: 'Create an offer',
  adders: BILLING,
  read: ({ api }, query) => api.read(offerRoutes.list, { query }),
  table: ({ rows, site, ...shown }) => <OfferTable offers={rows} site={site} empty={<NoOffers {...shown} />} />,
});

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
        width: 'wide',
        at: '1',
        cell: ({ id, name }) => (
          <a className="row" href={`/offers/${id}`}>
            {name}
          </a>
        ),
      },
      { label: 'Price', cell: ({ price }) => priceInWords(price), at: '2' },
      {
        label: 'Products',
        cell: ({ products }) => products.map(({ name }) => name).join(', '),
        width: 'wide',
        isQuiet: true,
      },
      { label: 'Since', cell: ({ createdAt }) => <Day at={createdAt} site={site} />, isFigure: true, at: '1r' },
    ]}
  />
);

function NoOffers({ isArchive, mayAdd }: Pick<CatalogTable<Offer>, 'isArchive' | 'mayAdd'>) {
  if (isArchive) return <p>There are no archived offers.</p>;
  if (!mayAdd) return <p>No offers are on sale. An owner or administrator can create one.</p>;
  return (
    <p>
      No offers are on sale. <a href="/offers/new">Create an offer</a>: one price for one or more products.
    </p>
  );
}
