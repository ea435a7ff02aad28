import type { z } from 'zod';
import { adminRoutes, type adminSchema } from '../../../people/admins.ts';
import { operatorActionRoutes } from '../../../platform/operator-actions.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { FormKey, TextField } from '../../parts/fields.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { ROLE_WORDS } from '../../words/role.ts';
import { OperatorActions } from './operator-actions.tsx';
import { RoleField } from './role-field.tsx';

export type Admin = z.output<typeof adminSchema>;

/** Who helps run the account, and how somebody else comes to. */
export const adminsPage: Page = {
  path: '/admins',
  audience: 'admin',
  roles: BILLING,
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(adminRoutes.invite, { body, key });
    if (answer.isDone) return redirect('/admins?notice=invited');
    const { status, problem } = answer;
    return show(call, refusedForm(typed, problem), asMarked(problem), status);
  },
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { api, query } = call;
  const { data, nextCursor } = await api.read(adminRoutes.list, { query: pageOf(query) });
  const actions = await api.read(operatorActionRoutes.list, { query: { limit: '20' } });
  return page(
    'Team',
    <>
      <div className="head">
        <h1>Team</h1>
      </div>
      {query.notice === 'invited' ? (
        <Notice tone="good">Invited. The link in the email works for 24 hours.</Notice>
      ) : null}
      {query.notice === 'removed' ? <Notice tone="good">Removed, and signed out.</Notice> : null}
      <AdminTable admins={data} site={siteOf(call)} />
      <Pager path="/admins" query={query} nextCursor={nextCursor} />
      <OperatorActions actions={actions.data} site={siteOf(call)} />
      <h2>Invite somebody</h2>
      <ProblemNotice problem={problem} />
      <form method="post" className="narrow">
        <FormKey form={form} />
        <TextField name="email" label="Email" type="email" required form={form} help="They confirm it by a link." />
        <RoleField form={form} site={siteOf(call)} />
        <button className="primary">Send invitation</button>
      </form>
    </>,
    status,
  );
}

const AdminTable = ({ admins, site }: { admins: Admin[]; site: Site }) => (
  <Table
    caption="The team, the newest first"
    rows={admins}
    keyOf={({ id }) => id}
    empty={<p>Nobody.</p>}
    columns={[
      {
        label: 'Email',
        width: 'wide',
        at: '1',
        cell: ({ id, email }) => (
          <a className="row" href={`/admins/${id}`}>
            {email}
          </a>
        ),
      },
      { label: 'Role', width: 'fit', at: '2', cell: ({ role }) => ROLE_WORDS[role] },
      {
        label: 'State',
        width: 'fit',
        at: '1r',
        cell: ({ state }) => (state === 'invited' ? <Badge tone="warn">Not confirmed</Badge> : 'Confirmed'),
      },
      { label: 'Since', width: 'fit', isSpare: true, cell: ({ createdAt }) => <Day at={createdAt} site={site} /> },
    ]}
  />
);
