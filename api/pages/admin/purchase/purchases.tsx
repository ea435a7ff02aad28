import type { Count } from '../../../../db/counts.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { purchaseCounts } from '../../../purchase/purchase-filter.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { foundInWords } from '../../parts/counts.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { addressWith, pageOf, Pager, sortLink } from '../../parts/list.tsx';
import { PURCHASE_FILTERS, PURCHASE_SORTS, PurchaseFilters, PurchaseViews, withoutView } from './purchase-filters.tsx';
import { PurchaseTable } from './purchase-table.tsx';

type Summary = z.output<typeof purchaseSummarySchema>;
type Offers = { data: z.output<typeof offerSchema>[] };
type Listed = { data: Summary[]; nextCursor: string | null };

type Shown = {
  site: Site;
  query: Record<string, string>;
  chosen: Record<string, string>;
  offers: Offers['data'];
  list: Listed;
  count: Count;
  counts: z.output<typeof purchaseCounts>;
};

const PATH = '/purchases';

/** Every purchase: where billing and access stand, what is due, and what must be looked at. */
export const purchasesPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, PURCHASE_FILTERS);
    const { sort, ...filter } = chosen;
    const list = await api.read(purchaseRoutes.list, { query: { ...filter, sort, ...pageOf(query) } });
    const count = await api.read(purchaseRoutes.countThem, { query: filter });
    const counts = await api.read(purchaseRoutes.countByView, { query: withoutView(filter) });
    const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
    return page(
      'Purchases',
      <Purchases
        site={siteOf(call)}
        query={query}
        chosen={chosen}
        offers={offers}
        list={list}
        count={count}
        counts={counts}
      />,
    );
  },
};

const Purchases = ({ site, query, chosen, offers, list, count, counts }: Shown) => (
  <>
    <div className="head">
      <h1>Purchases</h1>
    </div>
    <PurchaseViews path={PATH} chosen={chosen} counts={counts} />
    <PurchaseFilters site={site} path={PATH} chosen={chosen} offers={offers} count={foundInWords(count, 'purchase')} />
    <PurchaseTable
      site={site}
      purchases={list.data}
      empty={<NoPurchase chosen={chosen} />}
      sortBy={(value) => sortOf(chosen, value)}
    />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

function sortOf(chosen: Shown['chosen'], value: string) {
  const sort = PURCHASE_SORTS.find((one) => one.value === value);
  return sort && sortLink(PATH, chosen, sort, sort === PURCHASE_SORTS[0]);
}

function NoPurchase({ chosen }: Pick<Shown, 'chosen'>) {
  const { sort, ...filter } = chosen;
  if (Object.keys(filter).length > 0)
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
