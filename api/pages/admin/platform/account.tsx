import type { ReactNode } from 'react';
import type { z } from 'zod';
import { type fullAccountSchema, operatorAccountRoutes } from '../../../platform/operator-account.ts';
import { page, redirect, type Page, type PageCall } from '../../page.ts';
import { Facts } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { quotaInWords, useInWords } from '../../words/quota.ts';
import { AccountState, Has, revenueInWords, type OperatorAccount } from './account-state.tsx';

type FullAccount = z.output<typeof fullAccountSchema>;

const paramsOf = ({ params }: PageCall) => ({ accountId: params.accountId ?? '' });

const NOTICES: Record<string, string> = {
  suspended: 'Suspended. Its admins are out.',
  reopened: 'Open again. Its admins can sign in.',
  granted: 'The account has the plan.',
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

const Shown = ({ account, notice }: { account: FullAccount; notice: string | undefined }) => (
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
        ['Plan', account.plan ? <Has key="plan" sold={account.plan} /> : 'None'],
        ...account.addOns.map((sold): [string, ReactNode] => ['Add-on', <Has key={sold.purchaseId} sold={sold} />]),
        ['A month', revenueInWords(account)],
        ['Mode', account.mode],
        ['Time zone', account.timeZone],
        ['Support address', account.supportEmail],
        ['Since', account.createdAt.slice(0, 10)],
      ]}
    />
    <Use {...account} />
    <Health {...account} />
    <form method="post" className="actions">
      <button className="primary">Open its pages</button>
      {actsOn(account).map(([act, label]) => (
        <a key={act} className="btn" href={`/accounts/${account.id}/${act}`}>
          {label}
        </a>
      ))}
    </form>
  </>
);

const Use = ({ use }: FullAccount) =>
  use.length === 0 ? null : (
    <>
      <h2>What it uses</h2>
      <Facts facts={use.map(({ quota, ...use }): [string, string] => [quotaInWords(quota), useInWords(use)])} />
    </>
  );

const HEALTH_WORDS: Record<keyof FullAccount['health'], string> = {
  pastDue: 'Past due',
  needsAttention: 'Needs attention',
  waitsForStripe: 'Waits for Stripe',
  inDispute: 'In dispute',
  emailsFailed: 'Emails that failed',
  webhooksFailed: 'Webhooks that failed',
};

/** What its own home shows as to be done. */
function Health({ health }: FullAccount) {
  const some = Object.entries(health).filter(([, count]) => count > 0);
  if (some.length === 0) return <p className="quiet">Nothing in it needs anybody.</p>;
  const facts = some.map(([name, count]): [string, string] => [
    HEALTH_WORDS[name as keyof FullAccount['health']],
    count.toLocaleString('en-US'),
  ]);
  return (
    <>
      <h2>To be done in it</h2>
      <Facts facts={facts} />
    </>
  );
}

const actsOn = ({ state, plan, isPlatform }: OperatorAccount): [string, string][] => [
  ...(plan || isPlatform ? [] : ([['plan', 'Give a plan']] satisfies [string, string][])),
  ['impersonate', 'Act in it'],
  state === 'active' ? ['suspend', 'Suspend'] : ['reopen', 'Reopen'],
  ...(state === 'closed' ? [] : ([['close', 'Close']] satisfies [string, string][])),
];
