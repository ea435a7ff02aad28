import { PEOPLE } from '../../../auth/roles.ts';
import { callRoutes } from '../../../calls/calls.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { CALL_STATES } from '../../../../db/entities/call.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import type { Option } from '../../parts/fields.tsx';
import { Chip, DatesChip } from '../../parts/filters.tsx';
import { When } from '../../parts/when.tsx';
import { CALL_WORDS, CallState, creditInWords, personOf, type Call } from '../../parts/calls/call-words.tsx';
import { CallViews, LIST, PATH } from './call-views.tsx';

const STATES = CALL_STATES.map((state) => ({ value: state, label: CALL_WORDS[state].label }));
const ORDERS = [{ value: 'earliest', label: 'Earliest first' }];

/** All calls as a list, the latest first, by expert, state and dates. */
export const callListPage = listPage<Call, Option[]>({
  name: 'calls',
  path: LIST,
  title: 'Calls',
  caption: 'Calls',
  roles: PEOPLE,
  filters: ['expertId', 'state', 'from', 'to', 'order'],
  read: ({ api }, query) => api.read(callRoutes.list, { query: { ...query, order: query.order ?? 'newest' } }),
  async more({ call: { api } }) {
    const { data } = await api.read(expertRoutes.list, { query: { limit: '200' } });
    return data.map(({ id, name }) => ({ value: id, label: name }));
  },
  columns: () => COLUMNS,
  above: ({ chosen }) => <CallViews current="list" query={{ ...chosen, expert: chosen.expertId ?? '' }} />,
  fields: ({ chosen, here, more: experts }) => (
    <>
      <Chip name="expertId" label="Expert" options={experts} chosen={chosen} none="Everybody" />
      <Chip name="state" label="State" options={STATES} chosen={chosen} />
      <DatesChip label="Begins" from="from" to="to" chosen={chosen} here={here} />
      <Chip name="order" label="Order" options={ORDERS} chosen={chosen} none="Latest first" />
    </>
  ),
  empty: () => <p>There are no such calls.</p>,
});

const COLUMNS: readonly ListColumn<Call>[] = [
  {
    name: 'who',
    label: 'Who',
    width: 'wide',
    at: '1',
    value: personOf,
    cell: (call) => (
      <a className="row" href={`${PATH}/${call.id}`}>
        <bdi>{personOf(call)}</bdi>
      </a>
    ),
  },
  { name: 'email', label: 'Email', isExtra: true, width: 'wide', value: ({ contact }) => contact.email },
  {
    name: 'expert',
    label: 'Expert',
    width: 'less',
    at: '2',
    isQuiet: true,
    value: ({ expert }) => expert.name,
    cell: ({ expert }) => <bdi>{expert.name}</bdi>,
  },
  { name: 'state', label: 'State', at: '1r', value: ({ state }) => CALL_WORDS[state].label, cell: CallState },
  { name: 'credit', label: 'Credit', isQuiet: true, isSpare: true, value: creditInWords },
  {
    name: 'when',
    label: 'When',
    isFigure: true,
    at: '2r',
    instant: ({ startsAt }) => startsAt,
    cell: ({ startsAt }, here) => <When at={startsAt} site={here} />,
  },
  { name: 'ends', label: 'Ends', isExtra: true, isFigure: true, instant: ({ endsAt }) => endsAt },
  ID,
];
