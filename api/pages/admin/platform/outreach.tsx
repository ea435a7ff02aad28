import type { z } from 'zod';
import { outreachRoutes, type outreachSchema } from '../../../platform/outreach.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, type Page } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { type Column, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { quotaInWords, useInWords } from '../../words/quota.ts';

type Task = z.output<typeof outreachSchema>;

/** Accounts that have outgrown their plan: their owners are to be spoken with [R17.3]. */
export const outreachPage: Page = {
  path: '/outreach',
  audience: 'admin',
  roles: ['operator'],
  async show({ api, query }) {
    const { data, nextCursor } = await api.read(outreachRoutes.list, { query: { ...pageOf(query), state: 'open' } });
    return page(
      'Outreach',
      <>
        <p className="crumbs">
          <a href="/accounts">Accounts</a>
        </p>
        <div className="head">
          <h1>Outreach</h1>
        </div>
        {query.notice === 'done' ? <Notice tone="good">Done. It comes back with the next crossing.</Notice> : null}
        <Table
          caption="Accounts that use more than their plan has, the newest first"
          rows={data}
          keyOf={({ id }) => id}
          empty={<p>Nobody uses more than their plan has.</p>}
          columns={COLUMNS}
        />
        <Pager path="/outreach" query={query} nextCursor={nextCursor} />
      </>,
    );
  },
  async submit({ api }, { typed, key }) {
    const answer = await api.ask(outreachRoutes.end, { params: { taskId: typed._task?.at(-1) ?? '' }, body: {}, key });
    return redirect(answer.isDone ? '/outreach?notice=done' : '/outreach');
  },
};

const COLUMNS: Column<Task>[] = [
  {
    label: 'Account',
    at: '1',
    width: 'wide',
    cell: ({ account }) => <a href={`/accounts/${account.id}`}>{account.name}</a>,
  },
  {
    label: 'Uses',
    at: '2',
    width: 'wide',
    cell: ({ quota, ...use }) => `${useInWords(use)} ${quotaInWords(quota)}`,
  },
  { label: 'Write to', isSpare: true, width: 'wide', cell: ({ account }) => account.supportEmail },
  { label: 'Since', isSpare: true, width: 'fit', cell: ({ createdAt }) => createdAt.slice(0, 10) },
  {
    label: 'Spoken with them',
    at: '1r',
    cell: ({ id, account }) => (
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <input type="hidden" name="_task" value={id} />
        <button className="tiny" aria-label={`Done with ${account.name}`}>
          Done
        </button>
      </form>
    ),
  },
];
