import { operatorRoutes } from '../../../platform/operator-accounts.ts';
import { validate as isUuid } from 'uuid';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { redirect } from '../../page.ts';
import { Badge } from '../../parts/notice.tsx';
import { AccountState, Has, revenueInWords, type OperatorAccount } from './account-state.tsx';

/** An operator chooses the account to act on [R2.2]. */
export const accountsPage = listPage<OperatorAccount, null>({
  name: 'accounts',
  path: '/accounts',
  title: 'Accounts',
  caption: 'Accounts, the newest first',
  roles: ['operator'],
  filters: [],
  read: ({ api }, query) => api.read(operatorRoutes.list, { query }),
  more: NOTHING_MORE,
  columns: () => COLUMNS,
  links: () => (
    <>
      <a href="/outreach">Outreach</a>
      <a href="/removals">Removals</a>
      <a href="/system">System</a>
      <a href="/accounts/audit-log">Audit log</a>
    </>
  ),
  empty: () => <p>There are no accounts yet. Create one with POST /v1/operator/accounts.</p>,
  async submit(_call, { typed }) {
    const account = typed.account?.at(-1) ?? '';
    return redirect('/', { account: isUuid(account) ? account : null });
  },
});

const COLUMNS: readonly ListColumn<OperatorAccount>[] = [
  {
    name: 'account',
    label: 'Account',
    width: 'wide',
    at: '1',
    value: ({ name }) => name,
    cell: ({ id, name }) => <a href={`/accounts/${id}`}>{name}</a>,
  },
  {
    name: 'plan',
    label: 'Plan',
    at: '2',
    width: 'less',
    value: ({ plan }) => plan && plan.offer.name,
    cell: ({ plan }) => (plan ? <Has sold={plan} /> : '–'),
  },
  {
    name: 'addOns',
    label: 'Add-ons',
    isSpare: true,
    width: 'less',
    value: ({ addOns }) => addOns.map(({ offer }) => offer.name).join(', ') || '–',
  },
  { name: 'monthly', label: 'A month', isFigure: true, isSpare: true, value: revenueInWords },
  {
    name: 'state',
    label: 'State',
    at: '2r',
    value: ({ state }) => state,
    cell: ({ state }) => <AccountState state={state} />,
  },
  {
    name: 'mode',
    label: 'Mode',
    isSpare: true,
    value: ({ mode }) => mode,
    cell: ({ mode }) => <Badge tone={mode === 'test' ? 'warn' : 'plain'}>{mode}</Badge>,
  },
  ID,
  {
    name: 'step',
    label: 'Act on it',
    isFigure: true,
    at: '1r',
    isStep: true,
    cell: ({ id, name }) => (
      <form method="post">
        <button className="tiny" name="account" value={id} aria-label={`Open ${name}`}>
          Open
        </button>
      </form>
    ),
  },
];
