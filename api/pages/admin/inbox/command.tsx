import { commandRoutes } from '../../../inbox/commands.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import type { ReactNode } from 'react';
import { purchaseWorkflowId } from '../../../../workflows/ids.ts';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import { digest } from '../../digest.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { emailLine, endOf, MoneyLine, type Effects } from '../../parts/effects.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { AboutBoth, triesInWords } from '../../parts/inbox.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { commandInWords } from '../../words/command.ts';
import { inputFacts, type Purchase } from './command-input.tsx';
import { CommandBadge, type Command } from './commands.tsx';

const paramsOf = ({ params }: PageCall) => ({ commandId: params.commandId ?? '' });

/** One thing that was asked: by whom and why, with what, and how it ended. */
export const commandPage: Page = {
  path: '/commands/{commandId}',
  audience: 'admin',
  roles: MONEY_READERS,
  show: (call) => show(call, null),
  async submit(call, { key }) {
    const answer = await call.api.ask(commandRoutes.wake, { params: paramsOf(call), key });
    if (!answer.isDone) return show(call, answer.problem);
    return redirect(`/commands/${call.params.commandId}?notice=woken`);
  },
  // The problem names the request that asked, which is another each time.
  state: async (call) => {
    const command = await call.api.read(commandRoutes.read, { params: paramsOf(call) });
    return digest([{ ...command, problem: endOf(command).problem?.code }]);
  },
};

async function show(call: PageCall, problem: ProblemBody | null): Promise<PageAnswer> {
  const command = await call.api.read(commandRoutes.read, { params: paramsOf(call) });
  const shown = {
    command,
    problem,
    site: siteOf(call),
    purchase: await purchaseOf(call, command),
    workflow: call.workflowPage(purchaseWorkflowId(command.purchaseId)),
    mayWake: BILLING.some((role) => role === call.visitor?.role),
    isTold: call.query.notice === 'woken',
  };
  return page(commandInWords(command.verb), <OneCommand {...shown} />, problem?.status ?? 200);
}

/** A checkout that was never paid is no purchase, and has nothing to name. */
async function purchaseOf({ api }: PageCall, { purchaseId }: Command): Promise<Purchase | null> {
  try {
    return await api.read(purchaseRoutes.read, { params: { purchaseId } });
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

type Shown = {
  command: Command;
  purchase: Purchase | null;
  site: Site;
  problem: ProblemBody | null;
  workflow: string | null;
  mayWake: boolean;
  isTold: boolean;
};

const OneCommand = ({ command, purchase, site, problem, workflow, mayWake, isTold }: Shown) => (
  <>
    <div className="head">
      <h1>{commandInWords(command.verb)}</h1>
      <CommandBadge status={command.status} />
    </div>
    <ProblemNotice problem={problem} />
    {isTold ? <Notice tone="good">The purchase is being woken.</Notice> : null}
    <HowItEnded command={command} />
    <Facts
      facts={[
        ['Purchase', <AboutBoth purchase={command.purchase} />],
        ['Asked by', actorInWords(command.by)],
        ...(command.reason === null ? [] : [['Reason', <bdi>{command.reason}</bdi>] as const]),
        ...(command.feedback === null ? [] : [['The customer says', <bdi>{command.feedback}</bdi>] as const]),
        ...inputFacts(command, { site, purchase }),
        ['Asked', <When at={command.askedAt} site={site} />],
        ['Done', <When at={command.doneAt} site={site} none="not yet" />],
        ['Tried', triesInWords(command.tries)],
        ...(command.nextTryAt === null
          ? []
          : [['Next automatic try', <When at={command.nextTryAt} site={site} />] as const]),
      ]}
    />
    <Done effects={endOf(command).effects} site={site} />
    {command.status === 'pending' && mayWake ? <Wake /> : null}
    {workflow === null ? null : (
      <p>
        <a href={workflow}>Its workflow in the Temporal UI</a>
      </p>
    )}
  </>
);

/** Why it was not done, and what to do now. */
function HowItEnded({ command }: { command: Command }) {
  const { status, purchaseId } = command;
  const { problem } = endOf(command);
  const where = <a href={`/purchases/${purchaseId}`}>page of the purchase</a>;
  if (status === 'pending')
    return <p>It has been accepted and will be carried out once, as soon as possible. You do not need to ask again.</p>;
  if (!problem) return null;
  return (
    <Notice tone={status === 'failed' ? 'bad' : 'warn'}>
      <p>
        <strong>{status === 'failed' ? 'Not carried out.' : 'Refused; nothing was changed.'}</strong> {problem.detail}
        {problem.stripeCode === undefined ? null : (
          <>
            {' '}
            Stripe calls it <code>{problem.stripeCode}</code>.
          </>
        )}
      </p>
      <p>It will not be tried again automatically. If you still want it, use the button on the {where}.</p>
    </Notice>
  );
}

function Done({ effects, site }: { effects: Effects | null; site: Site }) {
  if (!effects) return null;
  const { money, emails, refused } = effects;
  const lines: ReactNode[] = [
    ...money.map((effect) => <MoneyLine money={effect} site={site} />),
    ...emails.map((email) => <>Email: {emailLine(email)}</>),
  ];
  return (
    <>
      {refused.map(({ op, stripeCode }, index) => (
        <Notice key={index} tone="bad">
          Stripe refused part of it after it had begun: <code>{op}</code>, <code>{stripeCode}</code>. The purchase needs
          attention.
        </Notice>
      ))}
      <h2>What it did</h2>
      {lines.length === 0 ? <p>It moved no money and sent no email.</p> : null}
      <ul>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </>
  );
}

const Wake = () => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <div className="actions">
      <button className="primary">Wake the purchase</button>
    </div>
    <p className="quiet">The purchase looks for new work at once. Safe at any time.</p>
  </form>
);
