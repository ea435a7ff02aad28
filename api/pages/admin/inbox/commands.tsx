import { commandRoutes } from '../../../inbox/commands.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { COMMAND_STATUSES, type askedCommandSchema, type commandCounts } from '../../../inbox/command-schema.ts';
import { COMMAND_STATUS_WORDS } from '../../words/inbox.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { without } from '../../lists/read-list.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { endOf } from '../../parts/effects.tsx';
import { countNamed, sumOf } from '../../parts/counts.ts';
import { Chip, Tabs } from '../../parts/filters.tsx';
import { ABOUT } from '../../parts/inbox.tsx';
import { Badge } from '../../parts/notice.tsx';
import { COMMAND_OPTIONS, commandInWords } from '../../words/command.ts';
import { OfOnePurchase } from './webhooks.tsx';

export type Command = z.output<typeof askedCommandSchema>;
type Counts = z.output<typeof commandCounts>;
type Chosen = Record<string, string>;

const PATH = '/commands';

/** What was asked of the account's purchases, by whom, and how it ended. */
export const commandsPage = listPage<Command, Counts>({
  name: 'commands',
  path: PATH,
  title: 'Commands',
  caption: 'Commands, the newest first',
  roles: MONEY_READERS,
  filters: ['status', 'verb', 'purchaseId'],
  read: ({ api }, query) => api.read(commandRoutes.list, { query }),
  more: ({ call, filter }) => call.api.read(commandRoutes.counts, { query: without(filter, ['status']) }),
  columns: () => COLUMNS,
  above: ({ chosen, more }) => (
    <>
      <p className="quiet">What people, the API and Perennial itself have asked of your purchases.</p>
      <Statuses chosen={chosen} counts={more} />
    </>
  ),
  fields: ({ chosen }) => <Chip name="verb" label="What was asked" options={COMMAND_OPTIONS} chosen={chosen} />,
  kept: () => ['status', 'purchaseId'],
  below: ({ filter }) =>
    filter.purchaseId === undefined ? null : <OfOnePurchase path={PATH} chosen={filter} what="commands" />,
  empty: ({ filter }) => <None chosen={filter} />,
  watched: ({ id, status, tries }) => [id, status, tries],
});

function Statuses({ chosen, counts }: { chosen: Chosen; counts: Counts }) {
  const all = sumOf(COMMAND_STATUSES.map((status) => countNamed(counts, status)));
  const tabs = COMMAND_STATUSES.map((status) => ({
    label: COMMAND_STATUS_WORDS[status].label,
    value: status,
    count: countNamed(counts, status),
  }));
  const shown = [{ label: 'All', value: undefined, count: all }, ...tabs];
  return <Tabs label="By state" name="status" path={PATH} chosen={chosen} tabs={shown} />;
}

const COLUMNS: readonly ListColumn<Command>[] = [
  {
    name: 'asked',
    label: 'What was asked',
    at: '1',
    value: ({ verb }) => commandInWords(verb),
    href: ({ id }) => `${PATH}/${id}`,
  },
  ABOUT,
  {
    name: 'by',
    label: 'By',
    width: 'wide',
    isQuiet: true,
    value: ({ by }) => actorInWords(by),
    cell: (command) => <By command={command} />,
  },
  { name: 'reason', label: 'Reason', isExtra: true, width: 'wide', value: ({ reason }) => reason },
  { name: 'when', label: 'Asked', isFigure: true, at: '2r', instant: ({ askedAt }) => askedAt },
  {
    name: 'state',
    label: 'State',
    width: 'wide',
    at: '1r',
    value: ({ status }) => COMMAND_STATUS_WORDS[status].label,
    cell: (command) => <State command={command} />,
  },
  ID,
];

const None = ({ chosen }: { chosen: Chosen }) =>
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
