import type { z } from 'zod';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import type { paymentCounts } from '../../../money/payment-schema.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import { listPage } from '../../lists/list-page.tsx';
import { hasRole, type PageCall } from '../../page.ts';
import { countNamed, foundInWords } from '../../parts/counts.ts';
import { addressWith } from '../../parts/list.tsx';
import {
  currenciesOf,
  PAYMENT_FILTERS,
  PaymentFields,
  PaymentViews,
  readFilter,
  STATES,
  type PaymentFilter,
} from './payment-filters.tsx';
import { keyOfLine, linesOf, paymentColumns, type Line } from './payment-table.tsx';

type More = { counts: z.output<typeof paymentCounts> | null; filter: PaymentFilter; currencies: readonly string[] };

const PATH = '/payments';
const NO_PAGE = { data: [], nextCursor: null };

/** Every payment, and every invoice whose payment failed [R11.7]. */
export const paymentsPage = listPage<Line, More>({
  name: 'payments',
  path: PATH,
  title: 'Payments',
  caption: 'Payments and refunds',
  roles: MONEY_READERS,
  filters: PAYMENT_FILTERS,
  /** Where an amount cannot be read, nothing is asked for, and its field says so. */
  async read(call, { limit, cursor, ...query }) {
    const { filter } = await readAsked(call, query);
    if (filter.error !== null) return NO_PAGE;
    const { data, nextCursor } = await call.api.read(paymentRoutes.list, { query: { ...filter.asked, limit, cursor } });
    return { data: linesOf(data), nextCursor };
  },
  async more({ call, filter: query }) {
    const { filter, currencies } = await readAsked(call, query);
    if (filter.error !== null) return { filter, currencies, counts: null };
    const { state: _state, ...ofAnyState } = filter.asked;
    return { filter, currencies, counts: await call.api.read(paymentRoutes.countStates, { query: ofAnyState }) };
  },
  columns: ({ call }) => paymentColumns({ of: 'account', mayRefund: hasRole(call, BILLING) }),
  keyOf: keyOfLine,
  above: ({ chosen, more }) => <PaymentViews path={PATH} chosen={chosen} counts={more.counts} />,
  fields: ({ here, more }) => <PaymentFields here={here} filter={more.filter} currencies={more.currencies} />,
  kept: () => ['state', 'inDispute', 'contactId', 'purchaseId'],
  count: ({ chosen, more: { counts } }) =>
    foundInWords(counts ? countNamed(counts, STATES.find((one) => one === chosen.state) ?? 'all') : NONE, 'payment'),
  below: ({ filter }) => <Narrowed chosen={filter} />,
  empty: ({ filter }) => <NoPayments chosen={filter} />,
  watched: ({ payment: { id, state, attempts, refunds } }) => [id, state, attempts, refunds.length],
});

const NONE = { count: 0, isOver: false };

async function readAsked({ api }: PageCall, query: Record<string, string>) {
  const { data: offers } = await api.read(offerRoutes.list, { query: { limit: '200' } });
  const currencies = currenciesOf(offers);
  return { filter: readFilter(query, currencies), currencies };
}

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
