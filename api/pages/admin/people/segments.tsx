import type { z } from 'zod';
import { PEOPLE } from '../../../auth/roles.ts';
import type { segmentSchema } from '../../../people/segment-schema.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { page, type Page } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { SEGMENT_FILTER_WORDS, SEGMENT_MATCH_WORDS } from '../../words/segment.ts';

export type Segment = z.output<typeof segmentSchema>;

const PATH = '/contacts/segments';

/** The segments that the account has made of its own [R3.7]. */
export const segmentsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: PEOPLE,
  async show({ api, query }) {
    const { data } = await api.read(segmentRoutes.list, {});
    return page(
      'Segments',
      <>
        <p className="crumbs">
          <a href="/contacts">Contacts</a>
        </p>
        <div className="head">
          <h1>Segments</h1>
          <a className="btn primary" href={`${PATH}/new`}>
            Create a segment
          </a>
        </div>
        {query.notice === 'deleted' ? <Notice tone="good">The segment is deleted. Its contacts stay.</Notice> : null}
        <Segments segments={data} />
      </>,
    );
  },
};

const Segments = ({ segments }: { segments: readonly Segment[] }) => (
  <Table
    caption="Segments by their names"
    rows={segments}
    keyOf={({ id }) => id}
    empty={
      <p>
        There are no segments of your own yet. <a href={`${PATH}/new`}>Create a segment</a>: whoever meets its
        conditions belongs to it at once.
      </p>
    }
    columns={[
      {
        label: 'Name',
        width: 'wide',
        at: '1',
        cell: ({ id, name }) => (
          <a className="row" href={`${PATH}/${id}`}>
            {name}
          </a>
        ),
      },
      { label: 'Whoever', width: 'wide', at: '2', cell: inWords },
      {
        label: 'Contacts',
        at: '1r',
        cell: ({ id, name }) => <a href={`/contacts?segment=${id}`}>See who is in {name}</a>,
      },
    ]}
  />
);

/** `meets all conditions: Tag, Money spent` */
const inWords = ({ match, filters }: Segment): string =>
  `${SEGMENT_MATCH_WORDS[match]}: ${filters.map(({ kind }) => SEGMENT_FILTER_WORDS[kind].label).join(', ')}`;
