import { BILLING } from '../../../auth/roles.ts';
import type { ApiBroadcast } from '../../../mail/broadcast-schema.ts';
import { broadcastRoutes } from '../../../mail/broadcasts.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import type { PageCall } from '../../page.ts';
import type { Option } from '../../parts/fields.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import { BROADCAST_STATE_WORDS, segmentInWords, segmentOptions } from '../../words/broadcast.ts';

export const BROADCASTS = '/broadcasts';

/** What was, and will be, sent to many at once [R3.4]. */
export const broadcastsPage = listPage<ApiBroadcast, Option[]>({
  name: 'broadcasts',
  path: BROADCASTS,
  title: 'Broadcasts',
  caption: 'Broadcasts, the newest first',
  roles: BILLING,
  filters: [],
  read: ({ api }, query) => api.read(broadcastRoutes.list, { query }),
  more: ({ call }) => segmentsOf(call),
  columns: ({ more }) => columnsOf(more),
  crumbs: <a href="/emails">Emails</a>,
  links: () => (
    <a className="btn primary" href={`${BROADCASTS}/new`}>
      Write a broadcast
    </a>
  ),
  above: ({ call }) => (call.query.notice === 'deleted' ? <Notice tone="good">The draft is deleted.</Notice> : null),
  empty: () => (
    <p>
      Nothing was sent to many yet. <a href={`${BROADCASTS}/new`}>Write a broadcast</a>: those of a segment get it who
      have subscribed.
    </p>
  ),
  watched: ({ id, state, figures }) => [id, state, figures?.sent],
});

/** All segments, to choose one from and to name them. */
export const segmentsOf = async ({ api }: PageCall): Promise<Option[]> =>
  segmentOptions((await api.read(segmentRoutes.list, {})).data);

const columnsOf = (segments: readonly Option[]): readonly ListColumn<ApiBroadcast>[] => [
  {
    name: 'name',
    label: 'Name',
    at: '1',
    width: 'wide',
    value: ({ name }) => name,
    href: ({ id }) => `${BROADCASTS}/${id}`,
  },
  { name: 'to', label: 'To', at: '2', isQuiet: true, value: ({ segment }) => segmentInWords(segments, segment) },
  {
    name: 'state',
    label: 'State',
    at: '1r',
    width: 'fit',
    value: ({ state }) => BROADCAST_STATE_WORDS[state].label,
    cell: (one) => <BroadcastState {...one} />,
  },
  {
    name: 'taken',
    label: 'Got it',
    isFigure: true,
    isSpare: true,
    value: ({ figures }) => figures && countTaken(figures),
    cell: ({ figures }) => (figures ? takenOf(figures) : '–'),
  },
  {
    name: 'when',
    label: 'When',
    at: '2r',
    isFigure: true,
    instant: ({ sendAt, createdAt }) => sendAt ?? createdAt,
    cell: ({ sendAt, createdAt }, here) => <Near at={sendAt ?? createdAt} site={here} />,
  },
  ID,
];

export const BroadcastState = ({ state }: Pick<ApiBroadcast, 'state'>) => (
  <Badge tone={BROADCAST_STATE_WORDS[state].tone}>{BROADCAST_STATE_WORDS[state].label}</Badge>
);

type Figures = NonNullable<ApiBroadcast['figures']>;

const countTaken = ({ sent, delivered, bounced, complained }: Figures): number =>
  sent + delivered + bounced + complained;

/** How many emails the provider has taken. */
export const takenOf = (figures: Figures): string => countTaken(figures).toLocaleString('en-US');
