import { operatorRoutes } from '../../../platform/operator-accounts.ts';
import { validate as isUuid } from 'uuid';
import { page, redirect, type Page } from '../../page.ts';
import { type Column, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { AccountState, Has, revenueInWords, type OperatorAccount } from './account-state.tsx';

type Accounts = { data: OperatorAccount[]; nextCursor: string | null };

/** An operator chooses the account to act on [R2.2]. */
export const accountsPage: Page = {
  path: '/accounts',
  audience: 'admin',
  roles: ['operator'],
  async show({ api, query }) {
    const { data, nextCursor } = await api.read(operatorRoutes.list, { query: pageOf(query) });
    return page('Accounts', <AccountList data={data} nextCursor={nextCursor} query={query} />);
  },
  async submit(_call, { typed }) {
    const account = typed.account?.at(-1) ?? '';
    return redirect('/', { account: isUuid(account) ? account : null });
  },
};

const AccountList = ({ data, nextCursor, query }: Accounts & { query: Record<string, string> }) => (
  <>
    <div className="head">
      <h1>Accounts</h1>
      <a href="/outreach">Outreach</a>
      <a href="/removals">Removals</a>
      <a href="/system">System</a>
    </div>
    <form method="post">
      <Table
        caption="Accounts, the newest first"
        rows={data}
        keyOf={({ id }) => id}
        empty={<p>There are no accounts yet. Create one with POST /v1/operator/accounts.</p>}
        columns={COLUMNS}
      />
    </form>
    <Pager path="/accounts" query={query} nextCursor={nextCursor} />
  </>
);

const COLUMNS: Column<OperatorAccount>[] = [
  {
    label: 'Account',
    width: 'wide',
    at: '1',
    cell: ({ id, name }) => <a href={`/accounts/${id}`}>{name}</a>,
  },
  { label: 'Plan', at: '2', width: 'less', cell: ({ plan }) => (plan ? <Has sold={plan} /> : '–') },
  {
    label: 'Add-ons',
    isSpare: true,
    width: 'less',
    cell: ({ addOns }) => addOns.map(({ offer }) => offer.name).join(', ') || '–',
  },
  { label: 'A month', isFigure: true, isSpare: true, cell: revenueInWords },
  { label: 'State', at: '2r', cell: ({ state }) => <AccountState state={state} /> },
  {
    label: 'Mode',
    cell: ({ mode }) => <Badge tone={mode === 'test' ? 'warn' : 'plain'}>{mode}</Badge>,
    isSpare: true,
  },
  {
    label: 'Act on it',
    isFigure: true,
    at: '1r',
    cell: ({ id, name }) => (
      <button className="tiny" name="account" value={id} aria-label={`Open ${name}`}>
        Open
      </button>
    ),
  },
];
