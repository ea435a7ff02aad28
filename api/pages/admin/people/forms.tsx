import type { z } from 'zod';
import { PEOPLE } from '../../../auth/roles.ts';
import type { formSchema } from '../../../people/form-schema.ts';
import { formRoutes } from '../../../people/forms.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import { OPT_IN_WORDS } from '../../words/contact.ts';

export type Form = z.output<typeof formSchema>;

const PATH = '/forms';

/** Forms by which people subscribe [R3.8]. */
export const formsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: PEOPLE,
  async show(call) {
    const { api, query } = call;
    const { data, nextCursor } = await api.read(formRoutes.list, { query: pageOf(query) });
    return page(
      'Forms',
      <>
        <div className="head">
          <h1>Forms</h1>
          <a className="btn primary" href={`${PATH}/new`}>
            Create a form
          </a>
        </div>
        {query.notice === 'deleted' ? (
          <Notice tone="good">The form is deleted. Who subscribed by it stays so.</Notice>
        ) : null}
        <FormTable forms={data} site={siteOf(call)} />
        <Pager path={PATH} query={query} nextCursor={nextCursor} />
      </>,
    );
  },
};

const FormTable = ({ forms, site }: { forms: readonly Form[]; site: Site }) => (
  <Table
    caption="Forms, the newest first"
    rows={forms}
    keyOf={({ id }) => id}
    empty={
      <p>
        There are no forms yet. <a href={`${PATH}/new`}>Create a form</a>, and people subscribe to your news by it.
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
      { label: 'Subscribes', width: 'wide', at: '2', cell: ({ optIn }) => OPT_IN_WORDS[optIn] },
      { label: 'Sent', isFigure: true, at: '1r', cell: ({ submissions }) => submissions },
      { label: 'Made', isFigure: true, at: '2r', cell: ({ createdAt }) => <Near at={createdAt} site={site} /> },
    ]}
  />
);
