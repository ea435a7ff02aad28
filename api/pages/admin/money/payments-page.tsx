import type { z } from 'zod';
import type { Count } from '../../../../db/counts.ts';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import type { paymentCounts } from '../../../money/payment-schema.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import { digest } from '../../digest.ts';
import { hasRole, page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { countNamed, foundInWords } from '../../parts/counts.ts';
import { addressWith, pageOf, Pager } from '../../parts/list.tsx';
import type { Payment } from './charged-twice.ts';
import {
  currenciesOf,
  PaymentFilters,
  PaymentViews,
  readFilter,
  STATES,
  type PaymentFilter,
} from './payment-filters.tsx';
import { PaymentTable } from './payment-table.tsx';

type Counts = z.output<typeof paymentCounts>;
type Listed = { data: Payment[]; nextCursor: string | null };
type Shown = {
  site: Site;
  query: Record<string, string>;
  filter: PaymentFilter;
  currencies: readonly string[];
  list: Listed;
  count: Count;
  counts: Counts | null;
  mayRefund: boolean;
};

const PATH = '/payments';
const NOTHING = { list: { data: [], nextCursor: null }, count: { count: 0, isOver: false }, counts: null };

/** Every payment, and every invoice whose payment failed [R11.7]. */
export const paymentsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const read = await readList(call);
    const mayRefund = hasRole(call, BILLING);
    return page('Payments', <Payments {...read} site={siteOf(call)} query={call.query} mayRefund={mayRefund} />);
  },
  state: async (call) => {
    const { list } = await readList(call);
    return digest(list.data.map(({ id, state, attempts, refunds }) => [id, state, attempts, refunds.length]));
  },
};

/** Where an amount cannot be read, nothing is asked for, and its field says so. */
async function readList({ api, query }: PageCall) {
  const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
  const currencies = currenciesOf(offers);
  const filter = readFilter(query, currencies);
  if (filter.error !== null) return { filter, currencies, ...NOTHING };
  const list = await api.read(paymentRoutes.list, { query: { ...filter.asked, ...pageOf(query) } });
  const { state, ...ofAnyState } = filter.asked;
  const counts = await api.read(paymentRoutes.countStates, { query: ofAnyState });
  const count = countNamed(counts, STATES.find((one) => one === state) ?? 'all');
  return { filter, currencies, list, count, counts };
}

const Payments = ({ site, query, filter, currencies, list, count, counts, mayRefund }: Shown) => (
  <>
    <div className="head">
      <h1>Payments</h1>
    </div>
    <PaymentViews path={PATH} chosen={filter.chosen} counts={counts} />
    <PaymentFilters
      site={site}
      path={PATH}
      filter={filter}
      currencies={currencies}
      count={foundInWords(count, 'payment')}
    />
    <Narrowed chosen={filter.chosen} />
    <PaymentTable
      payments={list.data}
      site={site}
      of="account"
      mayRefund={mayRefund}
      empty={<NoPayments chosen={filter.chosen} />}
    />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

type Chosen = { chosen: Record<string, string> };

/** Where a list speaks of one purchase or person only, the way to all of them. */
function Narrowed({ chosen: { purchaseId, contactId, ...others } }: Chosen) {
  if (purchaseId === undefined && contactId === undefined) return null;
  return (
    <p className="quiet">
      {'Only those of '}
      {purchaseId === undefined ? (
        <a href={`/contacts/${contactId}`}>one contact</a>
      ) : (
        <a href={`/purchases/${purchaseId}`}>one purchase</a>
      )}
      {' · '}
      <a href={addressWith(PATH, others, {})}>Show all payments</a>
    </p>
  );
}

const NoPayments = ({ chosen }: Chosen) =>
  Object.keys(chosen).length === 0 ? (
    <p>Nothing has been paid yet. The first payment is here as soon as somebody buys an offer.</p>
  ) : (
    <p>
      No payments match. <a href={PATH}>Show all payments</a>
    </p>
  );
