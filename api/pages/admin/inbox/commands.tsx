import { commandRoutes } from '../../../inbox/commands.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { COMMAND_STATUSES, type askedCommandSchema, type commandCounts } from '../../../inbox/command-schema.ts';
import { digest } from '../../digest.ts';
import { COMMAND_STATUS_WORDS } from '../../words/inbox.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { endOf } from '../../parts/effects.tsx';
import { countNamed, sumOf } from '../../parts/counts.ts';
import { Chip, chosenOf, Filters, Tabs } from '../../parts/filters.tsx';
import { About } from '../../parts/inbox.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import { COMMAND_OPTIONS, commandInWords } from '../../words/command.ts';
import { OfOnePurchase } from './webhooks.tsx';

export type Command = z.output<typeof askedCommandSchema>;
type Counts = z.output<typeof commandCounts>;
type Chosen = Record<string, string>;
type Listed = { data: Command[]; nextCursor: string | null };
type Shown = { site: Site; query: Chosen; chosen: Chosen; list: Listed; counts: Counts };

const PATH = '/commands';
const FILTERS = ['status', 'verb', 'purchaseId'] as const;

const read = ({ api, query }: PageCall): Promise<Listed> =>
  api.read(commandRoutes.list, { query: { ...chosenOf(query, FILTERS), ...pageOf(query) } });

/** What was asked of the account's purchases, by whom, and how it ended. */
export const commandsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const chosen = chosenOf(call.query, FILTERS);
    const list = await read(call);
    const { status: _status, ...others } = chosen;
    const counts = await call.api.read(commandRoutes.counts, { query: others });
    return page(
      'Commands',
      <Commands site={siteOf(call)} query={call.query} chosen={chosen} list={list} counts={counts} />,
    );
  },
  state: async (call) => digest((await read(call)).data.map(({ id, status, tries }) => [id, status, tries])),
};

const Commands = ({ site, query, chosen, list, counts }: Shown) => (
  <>
    <div className="head">
      <h1>Commands</h1>
    </div>
    <p className="quiet">What people, the API and Perennial itself have asked of your purchases.</p>
    <Statuses chosen={chosen} counts={counts} />
    <Filters path={PATH} chosen={chosen} kept={['status', 'purchaseId']}>
      <Chip name="verb" label="What was asked" options={COMMAND_OPTIONS} chosen={chosen} />
    </Filters>
    {chosen.purchaseId === undefined ? null : <OfOnePurchase path={PATH} chosen={chosen} what="commands" />}
    <CommandTable site={site} list={list} chosen={chosen} />
    <Pager path={PATH} query={query} nextCursor={list.nextCursor} />
  </>
);

function Statuses({ chosen, counts }: Pick<Shown, 'chosen' | 'counts'>) {
  const all = sumOf(COMMAND_STATUSES.map((status) => countNamed(counts, status)));
  const tabs = COMMAND_STATUSES.map((status) => ({
    label: COMMAND_STATUS_WORDS[status].label,
    value: status,
    count: countNamed(counts, status),
  }));
  const shown = [{ label: 'All', value: undefined, count: all }, ...tabs];
  return <Tabs label="By state" name="status" path={PATH} chosen={chosen} tabs={shown} />;
}

const CommandTable = ({ site, list, chosen }: Pick<Shown, 'site' | 'list' | 'chosen'>) => (
  <Table
    caption="Commands, the newest first"
    rows={list.data}
    keyOf={({ id }) => id}
    empty={<None chosen={chosen} />}
    columns={[
      {
        label: 'What was asked',
        cell: ({ id, verb }) => (
          <a className="row" href={`${PATH}/${id}`}>
            {commandInWords(verb)}
          </a>
        ),
        at: '1',
      },
      { label: 'Purchase', cell: ({ purchase }) => <About purchase={purchase} />, width: 'wide', at: '2' },
      { label: 'By', cell: (command) => <By command={command} />, width: 'wide', isQuiet: true },
      { label: 'Asked', cell: ({ askedAt }) => <Near at={askedAt} site={site} />, isFigure: true, at: '2r' },
      { label: 'State', cell: (command) => <State command={command} />, width: 'wide', at: '1r' },
    ]}
  />
);

const None = ({ chosen }: Pick<Shown, 'chosen'>) =>
  Object.keys(chosen).length > 0 ? (
    <p>
      No commands match. <a href={PATH}>Show all commands</a>
    </p>
  ) : (
    <p>
      There are no commands yet. Open a <a href="/purchases">purchase</a> and use one of its buttons.
    </p>
  );

const By = ({ command: { by, reason } }: { command: Command }) => (
  <span className="person">
    {actorInWords(by)}{' '}
    {reason === null ? null : (
      <small className="quiet">
        “<bdi>{reason}</bdi>”
      </small>
    )}
  </span>
);

function State({ command }: { command: Command }) {
  const { status, tries } = command;
  const { problem, effects } = endOf(command);
  return (
    <span className="person">
      <CommandBadge status={status} />
      {problem === null ? null : <small>{problem.detail}</small>}
      {(effects?.refused.length ?? 0) > 0 ? <small>Stripe refused part of it</small> : null}
      {status === 'pending' && tries > 0 ? <small className="quiet">tried {tries + 1} times</small> : null}
    </span>
  );
}

export const CommandBadge = ({ status }: Pick<Command, 'status'>) => (
  <span>
    <Badge tone={COMMAND_STATUS_WORDS[status].tone}>{COMMAND_STATUS_WORDS[status].label}</Badge>
  </span>
);
