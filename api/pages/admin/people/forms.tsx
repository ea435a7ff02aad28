import type { z } from 'zod';
import { PEOPLE } from '../../../auth/roles.ts';
import type { formSchema } from '../../../people/form-schema.ts';
import { formRoutes } from '../../../people/forms.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { Notice } from '../../parts/notice.tsx';
import { OPT_IN_WORDS } from '../../words/contact.ts';

export type Form = z.output<typeof formSchema>;

const PATH = '/forms';

/** Forms by which people subscribe [R3.8]. */
export const formsPage = listPage<Form, null>({
  name: 'forms',
  path: PATH,
  title: 'Forms',
  caption: 'Forms, the newest first',
  roles: PEOPLE,
  filters: [],
  read: ({ api }, query) => api.read(formRoutes.list, { query }),
  more: NOTHING_MORE,
  columns: () => COLUMNS,
  links: () => (
    <a className="btn primary" href={`${PATH}/new`}>
      Create a form
    </a>
  ),
  above: ({ call }) =>
    call.query.notice === 'deleted' ? (
      <Notice tone="good">The form is deleted. Who subscribed by it stays so.</Notice>
    ) : null,
  empty: () => (
    <p>
      There are no forms yet. <a href={`${PATH}/new`}>Create a form</a>, and people subscribe to your news by it.
    </p>
  ),
});

const COLUMNS: readonly ListColumn<Form>[] = [
  {
    name: 'name',
    label: 'Name',
    width: 'wide',
    at: '1',
    value: ({ name }) => name,
    href: ({ id }) => `${PATH}/${id}`,
  },
  { name: 'subscribes', label: 'Subscribes', width: 'wide', at: '2', value: ({ optIn }) => OPT_IN_WORDS[optIn] },
  { name: 'sent', label: 'Sent', isFigure: true, at: '1r', value: ({ submissions }) => submissions },
  { name: 'made', label: 'Made', isFigure: true, at: '2r', instant: ({ createdAt }) => createdAt },
  ID,
];
