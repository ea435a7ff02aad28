import type { DisputeStatus } from '../../../../workflows/domain/payments.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { DisputeRecord } from '../../../money/dispute-schema.ts';
import { disputeRoutes } from '../../../money/disputes.ts';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { Tabs } from '../../parts/filters.tsx';
import { DISPUTE_WORDS } from '../../words/dispute.ts';
import { disputeColumns } from './dispute-table.tsx';

const PATH = '/disputes';

const TABS = [
  { label: 'All', value: undefined },
  ...(Object.keys(DISPUTE_WORDS) as DisputeStatus[]).map((state) => ({
    label: DISPUTE_WORDS[state].label,
    value: state,
  })),
];

/** What banks ask and claim, with the deadline of each [R10.5]. */
export const disputesPage = listPage<DisputeRecord, null>({
  name: 'disputes',
  path: PATH,
  title: 'Disputes',
  caption: 'Disputes and inquiries',
  roles: MONEY_READERS,
  filters: ['state', 'needsResponse', 'purchaseId'],
  read: ({ api }, query) => api.read(disputeRoutes.list, { query }),
  more: NOTHING_MORE,
  columns: ({ call }) => disputeColumns({ of: 'account', stripePage: call.stripePage }),
  above: ({ chosen }) => (
    <>
      <p className="quiet">
        A dispute is answered with evidence at Stripe, before its deadline. An inquiry takes no money; a refund settles
        it.
      </p>
      <Tabs label="By state" name="state" path={PATH} chosen={chosen} tabs={TABS} />
    </>
  ),
  kept: () => ['state', 'needsResponse', 'purchaseId'],
  empty: ({ filter }) => <NoDisputes isAll={Object.keys(filter).length === 0} />,
  watched: ({ id, stripeStatus, state }) => [id, stripeStatus, state],
});

const NoDisputes = ({ isAll }: { isAll: boolean }) =>
  isAll ? (
    <p>No bank has disputed a payment.</p>
  ) : (
    <p>
      No disputes match. <a href={PATH}>Show all disputes</a>
    </p>
  );
