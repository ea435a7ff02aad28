import { accountIdOf, type Scoped, type Unscoped } from '../../db/account-scope.ts';
import type Stripe from 'stripe';
import { z } from 'zod';
import { toArrivedEvent } from '../../activities/gateways/stripe.ts';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { InboxRow } from '../../db/entities/inbox-row.ts';
import {
  countInbox,
  findArrived,
  findBody,
  findInboxRow,
  INBOX_ORDER,
  listInbox,
  namedPurchases,
} from '../../db/inbox/inbox.ts';
import { matchAnew, reopenEvent } from '../../db/inbox/replay-event.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePlatformRoute, defineRoute } from '../http/route.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { WEBHOOK_STATES, webhookBody, webhookCounts, webhookSchema } from './webhook-schema.ts';
import { statesOf, toApiWebhook, toApiWebhookCounts } from './webhook-view.ts';
import { BILLING, MONEY_READERS, OWNERS } from '../auth/roles.ts';

type Deps = { wakes: Pick<Wakes, 'wake'> };

const tag = 'Webhooks';
const params = idParams('webhookId');
const kind = z.string().min(1).max(100).optional().describe('Such as `invoice.paid`.');
const state = z.enum(WEBHOOK_STATES).optional();
const purchaseId = givenId.optional();

type Filter = {
  state?: (typeof WEBHOOK_STATES)[number] | undefined;
  kind?: string | undefined;
  purchaseId?: string | undefined;
};

/** Whose events are asked for; `accountId` null: nobody's. */
type Whose = { em: Unscoped; accountId: string | null };
const ours = ({ em }: { em: Scoped }): Whose => ({ em, accountId: accountIdOf(em) });
const nobodys = ({ unscoped }: { unscoped: Unscoped }): Whose => ({ em: unscoped, accountId: null });

async function pageFor({ em, accountId }: Whose, query: Filter & { limit: number; cursor?: string | undefined }) {
  const { limit, cursor, ...filter } = query;
  const states = filter.state && { states: statesOf(filter.state) };
  const place = readPage({ limit, cursor }, INBOX_ORDER);
  const page = await listInbox(em, { accountId, class: 'fact', ...filter, ...states }, place);
  const purchases = await namedPurchases(em, page.rows);
  return { status: 200 as const, body: toApiPage(page, (row) => toApiWebhook(row, purchases)) };
}

async function countsFor({ em, accountId }: Whose, query: Omit<Filter, 'state'>) {
  const counts = await countInbox(em, { accountId, class: 'fact', ...query });
  return { status: 200 as const, body: toApiWebhookCounts(counts) };
}

type One = { webhookId: string };

async function theEvent({ em, accountId }: Whose, { webhookId }: One): Promise<InboxRow> {
  const row = await findInboxRow(em, webhookId, { accountId, class: 'fact' });
  if (!row) throw notFound('webhook');
  return row;
}

async function oneFor(whose: Whose, params: One) {
  const row = await theEvent(whose, params);
  return { status: 200 as const, body: toApiWebhook(row, await namedPurchases(whose.em, [row])) };
}

async function bodyFor(whose: Whose, { webhookId }: One) {
  await theEvent(whose, { webhookId });
  return { status: 200 as const, body: { webhookId, event: await readEvent(whose.em, webhookId) } };
}

/** @throws Problem 409 for an event whose body is no longer kept */
async function readEvent(em: Unscoped, rowId: string): Promise<Stripe.Event> {
  const body = await findBody(em, rowId);
  if (!body) throw new Problem(409, 'wrong_state', { detail: 'What Stripe sent is no longer kept.' });
  return JSON.parse(body.toString('utf8')) as Stripe.Event;
}

const list = defineRoute({
  method: 'get',
  path: '/v1/webhooks',
  tag,
  operationId: 'listWebhooks',
  summary: 'List what Stripe has told of the purchases of this account, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, state, kind, purchaseId }),
  answers: { 200: pageOf(webhookSchema) },
  handle: (call) => pageFor(ours(call), call.query),
});

const counts = defineRoute({
  method: 'get',
  path: '/v1/webhooks/counts',
  tag,
  operationId: 'countWebhooks',
  summary: 'Count the webhooks of this account by state',
  roles: MONEY_READERS,
  query: z.strictObject({ kind, purchaseId }),
  answers: { 200: webhookCounts },
  handle: (call) => countsFor(ours(call), call.query),
});

const one = { path: '/v1/webhooks/{webhookId}', tag, params } as const;

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getWebhook',
  summary: 'Read what became of a webhook',
  roles: MONEY_READERS,
  answers: { 200: webhookSchema },
  handle: (call) => oneFor(ours(call), call.params),
});

const readBody = defineRoute({
  ...one,
  method: 'get',
  path: '/v1/webhooks/{webhookId}/body',
  operationId: 'getWebhookBody',
  summary: 'Read the event as Stripe sent it',
  description: 'It names people and cards, so that only owners and operators may.',
  roles: OWNERS,
  answers: { 200: webhookBody },
  problems: [409],
  handle: (call) => bodyFor(ours(call), call.params),
});

const ACCEPTED = 'It is taken again, in its order: what it says is applied once, however often it is replayed.';

const replay = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/webhooks/{webhookId}/replay',
  operationId: 'replayWebhook',
  audit: { kind: 'webhook.replayed' },
  location: '/v1/webhooks/{id}',
  summary: 'Take a webhook again that failed or changed nothing, or wake the purchase of a pending one',
  description: ACCEPTED,
  roles: BILLING,
  answers: { 202: webhookSchema },
  problems: [409],
  async handle(call, { wakes }: Deps) {
    const { em, params, afterCommit } = call;
    const { id: rowId, state: stored, subjectId } = await theEvent(ours(call), params);
    if (stored === 'applied')
      throw new Problem(409, 'wrong_state', { detail: 'It is applied already.', state: stored });
    if (stored !== 'open') {
      await readEvent(em, rowId);
      await reopenEvent(em, rowId);
    }
    if (subjectId) afterCommit(() => wakes.wake(subjectId, { kind: 'replay', rowId }));
    return { ...(await oneFor(ours(call), params)), status: 202 };
  },
});

/** Events of no purchase that is known belong to no account: only operators see them. */
const listUnmatched = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/webhooks',
  tag,
  operationId: 'listUnmatchedWebhooks',
  summary: 'List what Stripe has told that belongs to no purchase here, the newest first',
  query: z.strictObject({ ...pageQuery, state, kind }),
  answers: { 200: pageOf(webhookSchema) },
  handle: (call) => pageFor(nobodys(call), call.query),
});

const countUnmatched = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/webhooks/counts',
  tag,
  operationId: 'countUnmatchedWebhooks',
  summary: 'Count the webhooks of no purchase by state',
  query: z.strictObject({ kind }),
  answers: { 200: webhookCounts },
  handle: (call) => countsFor(nobodys(call), call.query),
});

const readUnmatched = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/webhooks/{webhookId}',
  tag,
  params,
  operationId: 'getUnmatchedWebhook',
  summary: 'Read what became of a webhook of no purchase',
  answers: { 200: webhookSchema },
  handle: (call) => oneFor(nobodys(call), call.params),
});

const readUnmatchedBody = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/webhooks/{webhookId}/body',
  tag,
  params,
  operationId: 'getUnmatchedWebhookBody',
  summary: 'Read an event of no purchase as Stripe sent it',
  answers: { 200: webhookBody },
  problems: [409],
  handle: (call) => bodyFor(nobodys(call), call.params),
});

const replayUnmatched = definePlatformRoute({
  method: 'post',
  path: '/v1/operator/webhooks/{webhookId}/replay',
  tag,
  params,
  operationId: 'replayUnmatchedWebhook',
  audit: { kind: 'webhook.replayed' },
  summary: 'Look anew whose a webhook is, and give it to that purchase',
  description: ACCEPTED,
  answers: { 202: webhookSchema },
  problems: [409],
  async handle(call, { wakes }: Deps) {
    const { afterCommit } = call;
    const whose = nobodys(call);
    const row = await theEvent(whose, call.params);
    const event = await readEvent(whose.em, row.id);
    const subjectId = await matchAnew(whose.em, row.id, toArrivedEvent(event, row.source ?? '', Buffer.alloc(0)));
    if (subjectId) afterCommit(() => wakes.wake(subjectId, { kind: 'replay', rowId: row.id }));
    const after = await findArrived(whose.em, row.id);
    return { status: 202, body: toApiWebhook(after, await namedPurchases(whose.em, [after])) };
  },
});

export const webhookRoutes = {
  list,
  counts,
  read,
  readBody,
  replay,
  listUnmatched,
  countUnmatched,
  readUnmatched,
  readUnmatchedBody,
  replayUnmatched,
};
