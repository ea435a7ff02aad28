import { BILLING } from '../../../auth/roles.ts';
import type { ApiBroadcast } from '../../../mail/broadcast-schema.ts';
import { broadcastRoutes } from '../../../mail/broadcasts.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { digest } from '../../digest.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import type { Option } from '../../parts/fields.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import { BROADCAST_STATE_WORDS, segmentInWords, segmentOptions } from '../../words/broadcast.ts';

export const BROADCASTS = '/broadcasts';

/** What was, and will be, sent to many at once [R3.4]. */
export const broadcastsPage: Page = {
  path: BROADCASTS,
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const { data, nextCursor } = await listOf(call);
    return page(
      'Broadcasts',
      <>
        <p className="crumbs">
          <a href="/emails">Emails</a>
        </p>
        <div className="head">
          <h1>Broadcasts</h1>
          <a className="btn primary" href={`${BROADCASTS}/new`}>
            Write a broadcast
          </a>
        </div>
        {call.query.notice === 'deleted' ? <Notice tone="good">The draft is deleted.</Notice> : null}
        <BroadcastTable rows={data} segments={await segmentsOf(call)} site={siteOf(call)} />
        <Pager path={BROADCASTS} query={call.query} nextCursor={nextCursor} />
      </>,
    );
  },
  state: async (call) => digest((await listOf(call)).data.map(({ id, state, figures }) => [id, state, figures?.sent])),
};

const listOf = ({ api, query }: PageCall) => api.read(broadcastRoutes.list, { query: pageOf(query) });

/** All segments, to choose one from and to name them. */
export const segmentsOf = async ({ api }: PageCall): Promise<Option[]> =>
  segmentOptions((await api.read(segmentRoutes.list, {})).data);

type Shown = { rows: readonly ApiBroadcast[]; segments: readonly Option[]; site: Site };

const BroadcastTable = ({ rows, segments, site }: Shown) => (
  <Table
    caption="Broadcasts, the newest first"
    rows={rows}
    keyOf={({ id }) => id}
    empty={
      <p>
        Nothing was sent to many yet. <a href={`${BROADCASTS}/new`}>Write a broadcast</a>: those of a segment get it who
        have subscribed.
      </p>
    }
    columns={[
      {
        label: 'Name',
        at: '1',
        width: 'wide',
        cell: ({ id, name }) => (
          <a className="row" href={`${BROADCASTS}/${id}`}>
            {name}
          </a>
        ),
      },
      { label: 'To', at: '2', isQuiet: true, cell: ({ segment }) => segmentInWords(segments, segment) },
      { label: 'State', at: '1r', width: 'fit', cell: (one) => <BroadcastState {...one} /> },
      { label: 'Got it', isFigure: true, isSpare: true, cell: ({ figures }) => (figures ? takenOf(figures) : '–') },
      {
        label: 'When',
        at: '2r',
        isFigure: true,
        cell: ({ sendAt, createdAt }) => <Near at={sendAt ?? createdAt} site={site} />,
      },
    ]}
  />
);

export const BroadcastState = ({ state }: Pick<ApiBroadcast, 'state'>) => (
  <Badge tone={BROADCAST_STATE_WORDS[state].tone}>{BROADCAST_STATE_WORDS[state].label}</Badge>
);

type Figures = NonNullable<ApiBroadcast['figures']>;

/** How many emails the provider has taken. */
export const takenOf = ({ sent, delivered, bounced, complained }: Figures): string =>
  (sent + delivered + bounced + complained).toLocaleString('en-US');
