import type { z } from 'zod';
import type { removalSchema } from '../../../platform/removal-schema.ts';
import { removalRoutes } from '../../../platform/removals.ts';
import { page, type Page } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { type Column, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge, type Tone } from '../../parts/notice.tsx';

export type Removal = z.output<typeof removalSchema>;

export const REMOVALS = '/removals';

/** What accounts have asked to be removed, while nobody has, the longest waiting first [R20.1]. */
export const removalsPage: Page = {
  path: REMOVALS,
  audience: 'admin',
  roles: ['operator'],
  async show({ api, query }) {
    const { data, nextCursor } = await api.read(removalRoutes.list, { query: { state: 'open', ...pageOf(query) } });
    return page(
      'Removals',
      <>
        <div className="head">
          <h1>Removals</h1>
        </div>
        <Table
          caption="Removals that are asked for, the longest waiting first"
          rows={data}
          keyOf={({ id }) => id}
          empty={<p>No account has asked for one.</p>}
          columns={COLUMNS}
        />
        <Pager path={REMOVALS} query={query} nextCursor={nextCursor} />
      </>,
    );
  },
};

const COLUMNS: Column<Removal>[] = [
  {
    label: 'Account',
    width: 'wide',
    at: '1',
    cell: ({ id, account }) => (
      <a className="row" href={`${REMOVALS}/${id}`}>
        {account.name}
      </a>
    ),
  },
  {
    label: 'What they wrote',
    at: '2',
    cell: ({ reason, refundWanted }) => (
      <span className="person">
        {reason ?? <span className="quiet">No reason given</span>}
        {refundWanted ? <Badge tone="warn">money back wanted</Badge> : null}
      </span>
    ),
  },
  { label: 'Content', at: '2r', cell: ({ content }) => <ContentState content={content} /> },
  { label: 'Waits', at: '1r', cell: ({ ageDays }) => (ageDays === 0 ? 'since today' : countOf(ageDays, 'day')) },
];

const CONTENT_WORDS: Record<NonNullable<Removal['content']>['state'], { label: string; tone: Tone }> = {
  fits: { label: 'Fits', tone: 'good' },
  unlisted: { label: 'Too much, nothing listed', tone: 'warn' },
  too_much: { label: 'Too much listed', tone: 'warn' },
  unconfirmed: { label: 'To be confirmed', tone: 'warn' },
  confirmed: { label: 'Confirmed', tone: 'good' },
};

/** Whether the plan alone has room for what the account has. */
export const ContentState = ({ content }: { content: Removal['content'] }) =>
  content === null ? null : (
    <Badge tone={CONTENT_WORDS[content.state].tone}>{CONTENT_WORDS[content.state].label}</Badge>
  );
