import { operatorAccountRoutes } from '../../../platform/operator-account.ts';
import { page, redirect, type Page, type PageCall } from '../../page.ts';
import { Facts } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { AccountState, type OperatorAccount } from './account-state.tsx';

const paramsOf = ({ params }: PageCall) => ({ accountId: params.accountId ?? '' });

const NOTICES: Record<string, string> = {
  suspended: 'Suspended. Its admins are out.',
  reopened: 'Open again. Its admins can sign in.',
  closed: 'Closed. What was running is being canceled.',
};

/** One account, and what an operator may do to it. */
export const accountPage: Page = {
  path: '/accounts/{accountId}',
  audience: 'admin',
  roles: ['operator'],
  async show(call) {
    const account = await call.api.read(operatorAccountRoutes.read, { params: paramsOf(call) });
    return page(account.name, <Shown account={account} notice={NOTICES[call.query.notice ?? '']} />);
  },
  submit: async (call) => redirect('/', { account: paramsOf(call).accountId }),
};

const Shown = ({ account, notice }: { account: OperatorAccount; notice: string | undefined }) => (
  <>
    <p className="crumbs">
      <a href="/accounts">Accounts</a>
    </p>
    <div className="head">
      <h1>{account.name}</h1>
      <AccountState state={account.state} />
    </div>
    {notice ? <Notice tone="good">{notice}</Notice> : null}
    <Facts
      facts={[
        ['Mode', account.mode],
        ['Time zone', account.timeZone],
        ['Support address', account.supportEmail],
        ['Since', account.createdAt.slice(0, 10)],
      ]}
    />
    <form method="post" className="actions">
      <button className="primary">Open its pages</button>
      {actsOn(account).map(([act, label]) => (
        <a key={act} className="button" href={`/accounts/${account.id}/${act}`}>
          {label}
        </a>
      ))}
    </form>
  </>
);

const actsOn = ({ state }: OperatorAccount): [string, string][] => [
  ['impersonate', 'Act in it'],
  state === 'active' ? ['suspend', 'Suspend'] : ['reopen', 'Reopen'],
  ...(state === 'closed' ? [] : ([['close', 'Close']] satisfies [string, string][])),
];
