import type { ReactNode } from 'react';
import { operatorAccountRoutes } from '../../../platform/operator-account.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import type { InProcessApi } from '../../in-process.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { Flag, FormKey, LongText } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';

type Asked = { params: { accountId: string }; body: Form['body']; key: string | undefined };
type Refused = { isDone: false; problem: ProblemBody; status: number };

/** What an operator does to an account or in it; its page says first what it will do. */
type Act = {
  name: string;
  title: string;
  button: string;
  isDanger?: boolean;
  says: (api: InProcessApi, accountId: string) => Promise<{ words: string; asksToCancel?: boolean }>;
  /** Where it leads once it is done. */
  ask: (api: InProcessApi, asked: Asked) => Promise<PageAnswer | Refused>;
};

const ACTS: readonly Act[] = [
  {
    name: 'impersonate',
    title: 'Act in this account',
    button: 'Act in it for an hour',
    says: async () => ({ words: 'You may do what its administrators may. Its owner sees who did so, when, and why.' }),
    async ask(api, asked) {
      const answer = await api.ask(operatorAccountRoutes.impersonate, asked);
      return answer.isDone ? redirect('/', { visit: answer.body.token }) : answer;
    },
  },
  {
    name: 'suspend',
    title: 'Suspend',
    button: 'Suspend',
    isDanger: true,
    says: async () => ({
      words: 'Its admins are signed out and stay out. Its customers’ billing and access go on. It sells nothing new.',
    }),
    async ask(api, asked) {
      const answer = await api.ask(operatorAccountRoutes.suspend, asked);
      return answer.isDone ? back(asked, 'suspended') : answer;
    },
  },
  {
    name: 'reopen',
    title: 'Reopen',
    button: 'Reopen',
    says: async () => ({
      words: 'Its admins may sign in again, and it sells again. What was canceled stays so.',
    }),
    async ask(api, asked) {
      const answer = await api.ask(operatorAccountRoutes.reopen, asked);
      return answer.isDone ? back(asked, 'reopened') : answer;
    },
  },
  {
    name: 'close',
    title: 'Close',
    button: 'Close this account',
    isDanger: true,
    says: closingInWords,
    async ask(api, asked) {
      const answer = await api.ask(operatorAccountRoutes.close, asked);
      return answer.isDone ? back(asked, 'closed') : answer;
    },
  },
];

const back = ({ params }: Asked, notice: string): PageAnswer =>
  redirect(`/accounts/${params.accountId}?notice=${notice}`);

/** As the API's preview has it. */
async function closingInWords(api: InProcessApi, accountId: string) {
  const body = { reason: 'What would it do?', dryRun: true };
  const answer = await api.ask(operatorAccountRoutes.close, { params: { accountId }, body });
  if (!answer.isDone) return { words: answer.problem.detail ?? answer.problem.title };
  const { liveBilling = 0, own = 0, calls = 0, seats = 0 } = 'own' in answer.body ? answer.body : {};
  const billed =
    liveBilling === 0 ? 'Nothing is billed.' : `${countOf(liveBilling, 'purchase')} would be canceled now.`;
  const booked = calls + seats === 0 ? '' : ` ${countOf(calls, 'call')} and ${countOf(seats, 'seat')} are canceled.`;
  const plan =
    own === 0 ? '' : ` ${countOf(own, 'purchase')} of its own from the platform ${own === 1 ? 'ends' : 'end'}.`;
  const words = `Its admins are signed out, and it sells nothing any more. ${billed}${booked}${plan}`;
  return { words, asksToCancel: liveBilling > 0 };
}

const pageOf = (act: Act): Page => ({
  path: `/accounts/{accountId}/${act.name}`,
  audience: 'admin',
  roles: ['operator'],
  show: (call) => show(call, act, { form: EMPTY_FORM, problem: null, status: 200 }),
  async submit(call, { body, key, typed }) {
    const answer = await act.ask(call.api, { params: { accountId: call.params.accountId ?? '' }, body, key });
    if (!('isDone' in answer)) return answer;
    const { status, problem } = answer;
    return show(call, act, { form: refusedForm(typed, problem), problem, status });
  },
});

export const accountActPages = ACTS.map(pageOf);

type Tried = { form: FormState; problem: ProblemBody | null; status: number };

async function show({ api, params }: PageCall, act: Act, { form, problem, status }: Tried): Promise<PageAnswer> {
  const accountId = params.accountId ?? '';
  const account = await api.read(operatorAccountRoutes.read, { params: { accountId } });
  const { words, asksToCancel = false } = await act.says(api, accountId);
  return page(
    act.title,
    <>
      <p className="crumbs">
        <a href="/accounts">Accounts</a> <a href={`/accounts/${accountId}`}>{account.name}</a>
      </p>
      <div className="head">
        <h1>{act.title}</h1>
      </div>
      <ProblemNotice problem={problem} />
      <p>{words}</p>
      <ActForm act={act} form={form}>
        {asksToCancel ? <Flag name="cancelSubscriptions@flag" label="Cancel first what is billed" form={form} /> : null}
      </ActForm>
    </>,
    status,
  );
}

const ActForm = ({ act, form, children }: { act: Act; form: FormState; children: ReactNode }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    {children}
    <LongText name="reason" label="Why" form={form} help="The account’s owner reads it." />
    <button className={act.isDanger ? 'danger' : 'primary'}>{act.button}</button>
  </form>
);

/** An operator leaves the account that they act in. */
export const leaveAccountPage: Page = {
  path: '/leave-account',
  audience: 'public',
  submit: async () => redirect('/accounts', { visit: null }),
};
