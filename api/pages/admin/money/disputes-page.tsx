import type { DisputeStatus } from '../../../../workflows/domain/payments.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { disputeRoutes } from '../../../money/disputes.ts';
import { digest } from '../../digest.ts';
import { page, siteOf, type Page, type PageCall } from '../../page.ts';
import { chosenOf, Tabs } from '../../parts/filters.tsx';
import { pageOf, Pager } from '../../parts/list.tsx';
import { DISPUTE_WORDS } from '../../words/dispute.ts';
import { DisputeTable } from './dispute-table.tsx';

const PATH = '/disputes';

const STATES = Object.keys(DISPUTE_WORDS) as DisputeStatus[];

/** What banks ask and claim, with the deadline of each [R10.5]. */
export const disputesPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const chosen = chosenOf(call.query, ['state', 'needsResponse', 'purchaseId']);
    const { data, nextCursor } = await readList(call);
    const states = STATES.map((state) => ({ label: DISPUTE_WORDS[state].label, value: state }));
    return page(
      'Disputes',
      <>
        <div className="head">
          <h1>Disputes</h1>
        </div>
        <p className="quiet">
          A dispute is answered with evidence at Stripe, before its deadline. An inquiry takes no money; a refund
          settles it.
        </p>
        <Tabs
          label="By state"
          name="state"
          path={PATH}
          chosen={chosen}
          tabs={[{ label: 'All', value: undefined }, ...states]}
        />
        <DisputeTable
          disputes={data}
          site={siteOf(call)}
          of="account"
          stripePage={call.stripePage}
          empty={<NoDisputes isAll={Object.keys(chosen).length === 0} />}
        />
        <Pager path={PATH} query={call.query} nextCursor={nextCursor} />
      </>,
    );
  },
  state: async (call) =>
    digest((await readList(call)).data.map(({ id, stripeStatus, state }) => [id, stripeStatus, state])),
};

const readList = ({ api, query }: PageCall) =>
  api.read(disputeRoutes.list, {
    query: { ...chosenOf(query, ['state', 'needsResponse', 'purchaseId']), ...pageOf(query) },
  });

const NoDisputes = ({ isAll }: { isAll: boolean }) =>
  isAll ? (
    <p>No bank has disputed a payment.</p>
  ) : (
    <p>
      No disputes match. <a href={PATH}>Show all disputes</a>
    </p>
  );
