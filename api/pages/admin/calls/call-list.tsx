import { PEOPLE } from '../../../auth/roles.ts';
import { callRoutes } from '../../../calls/calls.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { CALL_STATES } from '../../../../db/entities/call.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { Chip, chosenOf, DatesChip, Filters } from '../../parts/filters.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { CALL_WORDS, CallState, creditInWords, personOf, type Call } from '../../parts/calls/call-words.tsx';
import { CallViews, LIST, PATH } from './call-views.tsx';

const NAMES = ['expert', 'state', 'from', 'to', 'order'];
const STATES = CALL_STATES.map((state) => ({ value: state, label: CALL_WORDS[state].label }));
const ORDERS = [{ value: 'earliest', label: 'Earliest first' }];

/** All calls as a list, the latest first, by expert, state and dates. */
export const callListPage: Page = {
  path: LIST,
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const site = siteOf(call);
    const chosen = chosenOf(call.query, NAMES);
    const { expert: expertId, ...rest } = chosen;
    const query = { order: 'newest', ...rest, expertId, ...pageOf(call.query) };
    const [calls, experts] = await Promise.all([
      call.api.read(callRoutes.list, { query }),
      call.api.read(expertRoutes.list, { query: { limit: '200' } }),
    ]);
    const options = experts.data.map(({ id, name }) => ({ value: id, label: name }));
    const view = (
      <>
        <div className="head">
          <h1>Calls</h1>
        </div>
        <CallViews current="list" query={chosen} />
        <Filters path={LIST} chosen={chosen} kept={[]}>
          <Chip name="expert" label="Expert" options={options} chosen={chosen} none="Everybody" />
          <Chip name="state" label="State" options={STATES} chosen={chosen} />
          <DatesChip label="Begins" from="from" to="to" chosen={chosen} here={site} />
          <Chip name="order" label="Order" options={ORDERS} chosen={chosen} none="Latest first" />
        </Filters>
        <CallTable calls={calls.data} site={site} />
        <Pager path={LIST} query={call.query} nextCursor={calls.nextCursor} />
      </>
    );
    return page('Calls', view);
  },
};

const CallTable = ({ calls, site }: { calls: Call[]; site: Site }) => (
  <Table
    caption="Calls"
    rows={calls}
    keyOf={({ id }) => id}
    empty={<p>There are no such calls.</p>}
    columns={[
      {
        label: 'Who',
        width: 'wide',
        at: '1',
        cell: (call) => (
          <a className="row" href={`${PATH}/${call.id}`}>
            <bdi>{personOf(call)}</bdi>
          </a>
        ),
      },
      { label: 'Expert', width: 'less', at: '2', isQuiet: true, cell: ({ expert }) => <bdi>{expert.name}</bdi> },
      { label: 'State', at: '1r', cell: CallState },
      { label: 'Credit', isQuiet: true, isSpare: true, cell: creditInWords },
      { label: 'When', isFigure: true, at: '2r', cell: ({ startsAt }) => <When at={startsAt} site={site} /> },
    ]}
  />
);
