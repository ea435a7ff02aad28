import { webhookRoutes } from '../../../inbox/webhooks.ts';
import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import {
  WEBHOOK_STATES,
  type webhookCounts,
  type webhookSchema,
  type WebhookState,
} from '../../../inbox/webhook-schema.ts';
import { digest } from '../../digest.ts';
import { EVENT_WORDS, eventInWords, WEBHOOK_STATE_WORDS } from '../../words/inbox.ts';
import { asTable, ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { without } from '../../lists/read-list.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { countNamed, sumOf } from '../../parts/counts.ts';
import { Chip, chosenOf, Tabs } from '../../parts/filters.tsx';
import { ABOUT } from '../../parts/inbox.tsx';
import { addressWith, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { inRealTime, type Here } from '../../words/instant.ts';

type Webhook = z.output<typeof webhookSchema>;
type Counts = z.output<typeof webhookCounts>;
type Chosen = Record<string, string>;
type Listed = { data: Webhook[]; nextCursor: string | null };
type Shown = { site: Here; query: Chosen; chosen: Chosen; list: Listed; counts: Counts };

const PATH = '/webhooks';
const UNMATCHED = '/webhooks/unmatched';

const readUnmatched = ({ api, query }: PageCall): Promise<Listed> =>
  api.read(webhookRoutes.listUnmatched, { query: { ...chosenOf(query, ['state']), ...pageOf(query) } });

/** Events from Stripe about the account's purchases, and what became of them. */
export const webhooksPage = listPage<Webhook, Counts>({
  name: 'webhooks',
  path: PATH,
  title: 'Webhooks',
  caption: 'Webhooks, the newest first',
  roles: MONEY_READERS,
  filters: ['state', 'kind', 'purchaseId'],
  read: ({ api }, query) => api.read(webhookRoutes.list, { query }),
  more: ({ call, filter }) => call.api.read(webhookRoutes.counts, { query: without(filter, ['state']) }),
  columns: ({ call }) => columnsIn(siteOf(call), PATH),
  links: ({ call }) => (call.visitor?.role === 'operator' ? <a href={UNMATCHED}>Unmatched webhooks</a> : null),
  above: ({ chosen, more }) => (
    <>
      <p className="quiet">
        Events from Stripe about your purchases. Each one is stored before Stripe gets its answer, and applied once.
      </p>
      <States path={PATH} chosen={chosen} counts={more} states={['pending', 'applied', 'no_change', 'failed']} />
    </>
  ),
  fields: ({ chosen }) => <Chip name="kind" label="Event" options={KINDS} chosen={chosen} />,
  kept: () => ['state', 'purchaseId'],
  below: ({ filter }) =>
    filter.purchaseId === undefined ? null : <OfOnePurchase path={PATH} chosen={filter} what="webhooks" />,
  empty: ({ filter }) => <None chosen={filter} />,
  watched: (webhook) => webhook,
});

/** Events of no purchase that is known belong to no account. */
export const unmatchedWebhooksPage: Page = {
  path: UNMATCHED,
  audience: 'admin',
  roles: ['operator'],
  async show(call) {
    const chosen = chosenOf(call.query, ['state']);
    const list = await readUnmatched(call);
    const counts = await call.api.read(webhookRoutes.countUnmatched, {});
    const site = call.visitor?.account ?? inRealTime('UTC');
    return page(
      'Unmatched webhooks',
      <Unmatched site={site} query={call.query} chosen={chosen} list={list} counts={counts} />,
    );
  },
  state: async (call) => digest(await readUnmatched(call)),
};

const Unmatched = ({ site, query, chosen, list, counts }: Shown) => (
  <>
    <div className="head">
      <h1>Unmatched webhooks</h1>
      <a href={PATH}>Webhooks of the account</a>
    </div>
    {query.notice === 'given' ? <Notice tone="good">Its purchase has been found and is being woken.</Notice> : null}
    <p className="quiet">
      Events from Stripe that name no purchase of any account. Their purchases are looked for automatically for a day
      and a half; after that they count as dead. Replay an event once you know that its purchase is here.
    </p>
    <States path={UNMATCHED} chosen={chosen} counts={counts} states={['unmatched', 'dead']} />
    <Table
      caption="Webhooks, the newest first"
      rows={list.data}
      keyOf={({ id }) => id}
      empty={<p>There are none: every event has found its purchase.</p>}
      columns={asTable(columnsIn(site, UNMATCHED), site, ['purchase'])}
    />
    <Pager path={UNMATCHED} query={query} nextCursor={list.nextCursor} />
  </>
);

const KINDS = Object.entries(EVENT_WORDS).map(([value, label]) => ({ value, label }));

type StatesProps = { path: string; chosen: Chosen; counts: Counts; states: readonly WebhookState[] };

function States({ path, chosen, counts, states }: StatesProps) {
  const sum = sumOf(WEBHOOK_STATES.map((state) => countNamed(counts, state)));
  const all = { label: 'All', value: undefined, count: sum };
  const tabs = states.map((state) => ({
    label: WEBHOOK_STATE_WORDS[state].label,
    value: state,
    count: countNamed(counts, state),
  }));
  return <Tabs label="By state" name="state" path={path} chosen={chosen} tabs={[all, ...tabs]} />;
}

type OfOneProps = { path: string; chosen: Chosen; what: string };

/** That the list is of one purchase only, and the way out. */
export const OfOnePurchase = ({ path, chosen, what }: OfOneProps) => (
  <p>
    Only those of <a href={`/purchases/${chosen.purchaseId}`}>one purchase</a>.{' '}
    <a href={addressWith(path, chosen, { purchaseId: undefined })}>Show all {what}</a>
  </p>
);

const None = ({ chosen }: { chosen: Chosen }) =>
  Object.keys(chosen).length > 0 ? (
    <p>
      No webhooks match. <a href={PATH}>Show all webhooks</a>
    </p>
  ) : (
    <p>
      There are no webhooks yet. The first one comes with the first payment; if it does not, check that the endpoint
      /webhooks/stripe/platform is configured at Stripe.
    </p>
  );

type At = Here & { mode?: Site['mode'] };

const columnsIn = (here: At, at: string): readonly ListColumn<Webhook>[] => [
  {
    name: 'event',
    label: 'Event',
    at: '1',
    value: ({ kind }) => eventInWords(kind),
    href: ({ id }) => `${at}/${id}`,
  },
  ABOUT,
  { name: 'happened', label: 'Happened', isFigure: true, at: '2r', instant: ({ occurredAt }) => occurredAt },
  {
    name: 'received',
    label: receivedLabel(here),
    isFigure: true,
    isSpare: true,
    instant: ({ receivedAt }) => receivedAt,
    cell: ({ receivedAt }, here) => <When at={receivedAt} site={here} />,
  },
  {
    name: 'state',
    label: 'State',
    width: 'wide',
    at: '1r',
    value: ({ state }) => WEBHOOK_STATE_WORDS[state].label,
    cell: (webhook, here) => <State webhook={webhook} site={here} />,
  },
  { name: 'detail', label: 'Why', isExtra: true, width: 'wide', value: ({ detail }) => detail },
  ID,
];

const State = ({ webhook: { state, detail, tries, nextTryAt }, site }: { webhook: Webhook; site: Here }) => (
  <span className="person">
    <WebhookBadge state={state} />
    {state === 'failed' ? <small>{detail}</small> : null}
    {nextTryAt === null || tries === 0 ? null : (
      <small className="quiet">
        tried {tries + 1} times, again <When at={nextTryAt} site={site} />
      </small>
    )}
  </span>
);

export const WebhookBadge = ({ state }: { state: WebhookState }) => (
  <span>
    <Badge tone={WEBHOOK_STATE_WORDS[state].tone}>{WEBHOOK_STATE_WORDS[state].label}</Badge>
  </span>
);

/** Stripe delivers in real time, whatever a test account's clock says. */
export const receivedLabel = (site: At): string => (site.mode === 'test' ? 'Received (real time)' : 'Received');
