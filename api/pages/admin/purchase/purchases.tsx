import type { Count } from '../../../../db/counts.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { purchaseCounts } from '../../../purchase/purchase-filter.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import { listPage } from '../../lists/list-page.tsx';
import { foundInWords } from '../../parts/counts.ts';
import { addressWith } from '../../parts/list.tsx';
import {
  FLAGS,
  PURCHASE_FILTERS,
  PURCHASE_SORTS,
  PurchaseFields,
  PurchaseViews,
  withoutView,
} from './purchase-filters.tsx';
import { PURCHASE_COLUMNS } from './purchase-table.tsx';

type Summary = z.output<typeof purchaseSummarySchema>;
type More = {
  offers: z.output<typeof offerSchema>[];
  count: Count;
  counts: z.output<typeof purchaseCounts>;
};

const PATH = '/purchases';

/** Every purchase: where billing and access stand, what is due, and what must be looked at. */
export const purchasesPage = listPage<Summary, More>({
  name: 'purchases',
  path: PATH,
  title: 'Purchases',
  caption: 'Purchases',
  roles: MONEY_READERS,
  filters: PURCHASE_FILTERS,
  sorts: PURCHASE_SORTS,
  read: ({ api }, query) => api.read(purchaseRoutes.list, { query }),
  async more({ call: { api }, filter }) {
    const count = await api.read(purchaseRoutes.countThem, { query: filter });
    const counts = await api.read(purchaseRoutes.countByView, { query: withoutView(filter) });
    const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
    return { offers, count, counts };
  },
  columns: () => PURCHASE_COLUMNS,
  above: ({ chosen, more }) => <PurchaseViews path={PATH} chosen={chosen} counts={more.counts} />,
  fields: ({ here, chosen, more }) => <PurchaseFields here={here} chosen={chosen} offers={more.offers} />,
  kept: () => FLAGS,
  count: ({ more }) => foundInWords(more.count, 'purchase'),
  empty: ({ chosen, filter }) => <NoPurchase sort={chosen.sort} isAll={Object.keys(filter).length === 0} />,
});

function NoPurchase({ sort, isAll }: { sort: string | undefined; isAll: boolean }) {
  if (!isAll)
    return (
      <p>
        No purchases match. <a href={addressWith(PATH, { sort: sort ?? '' }, {})}>Show all purchases</a>
      </p>
    );
  return (
    <p>
      Nothing has been bought or granted yet. Copy the checkout link of an <a href="/offers">offer</a>, or grant one on
      the page of a <a href="/contacts">contact</a>.
    </p>
  );
}
