import type { Count } from '../../../../db/counts.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { foundInWords } from '../../parts/counts.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { addressWith, Pager, Table } from '../../parts/list.tsx';
import { PersonLink } from '../../parts/person.tsx';
import { AccessStanding, BillingStanding, Warnings } from '../../parts/standing.tsx';
import { Day } from '../../parts/when.tsx';
import { DUE_WORDS } from '../../words/due.ts';
import { PURCHASE_FILTERS, PurchaseFilters, PurchaseViews } from './purchase-filters.tsx';

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
    const list = await api.read(purchaseRoutes.list, { query: { ...filter, sort, cursor: query.cursor } });
    const count = await api.read(purchaseRoutes.countThem, { query: filter });
    const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
    return page(
      'Purchases',
      <Purchases site={siteOf(call)} query={query} chosen={chosen} offers={offers} list={list} count={count} />,
    );
  },
};

const Purchases = ({ site, query, chosen, offers, list, count }: Shown) => (
  <>
    <div className="head">
      <h1>Purchases</h1>
    </div>
    <PurchaseViews path={PATH} chosen={chosen} />
    <PurchaseFilters path={PATH} chosen={chosen} offers={offers} />
    <p className="quiet">{foundInWords(count, 'purchase')}</p>
    <PurchaseTable site={site} purchases={list.data} empty={<NoPurchase chosen={chosen} />} />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

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

type TableProps = { site: Site; purchases: readonly Summary[]; empty: React.ReactNode; isOfOne?: boolean };

/** Purchases as lines; `isOfOne` = of a person whose name stands above already. */
export const PurchaseTable = ({ site, purchases, empty, isOfOne }: TableProps) => (
  <Table
    caption="Purchases"
    rows={purchases}
    keyOf={({ id }) => id}
    empty={empty}
    columns={[
      ...(isOfOne ? [] : [{ label: 'Customer', cell: ({ contact }: Summary) => <PersonLink {...contact} /> }]),
      { label: 'Purchase', cell: (purchase) => <What purchase={purchase} /> },
      { label: 'Billing', cell: (purchase) => <BillingStanding purchase={purchase} site={site} /> },
      { label: 'Access', cell: (purchase) => <AccessStanding purchase={purchase} site={site} /> },
      { label: 'Next charge', cell: ({ nextChargeAt }) => <Day at={nextChargeAt} site={site} none="none" /> },
      { label: 'Next due', cell: (purchase) => <NextDue purchase={purchase} site={site} /> },
      { label: 'Bought', cell: (purchase) => <Bought purchase={purchase} site={site} /> },
    ]}
  />
);

const What = ({ purchase }: { purchase: Summary }) => (
  <span className="person">
    <a href={`/purchases/${purchase.id}`}>{purchase.offer.name}</a>
    <Warnings purchase={purchase} />
  </span>
);

const NextDue = ({ purchase: { nextDueAt, nextDueKind }, site }: { purchase: Summary; site: Site }) =>
  nextDueKind === null ? (
    'nothing'
  ) : (
    <span className="person">
      {DUE_WORDS[nextDueKind]}
      <small className="quiet">
        <Day at={nextDueAt} site={site} />
      </small>
    </span>
  );

const Bought = ({ purchase: { startedAt, origin }, site }: { purchase: Summary; site: Site }) => (
  <span className="person">
    <Day at={startedAt} site={site} />
    {origin === 'granted' ? <small className="quiet">granted</small> : null}
  </span>
);
