import { accountIdOf, type Scoped } from '../../db/account-scope.ts';
import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { InboxRow } from '../../db/entities/inbox-row.ts';
import { countInbox, findInboxRow, INBOX_ORDER, listInbox, namedPurchases, withTexts } from '../../db/inbox/inbox.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { askedCommandSchema, COMMAND_STATUSES, commandCounts } from './command-schema.ts';
import { commandName } from '../purchase/purchase-schema.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { statesOf, toApiCommandCounts, toAskedCommand } from './command-view.ts';
import { BILLING, MONEY_READERS } from '../auth/roles.ts';

const tag = 'Commands';
const of = { class: 'command' } as const;
const verb = commandName.optional();
const purchaseId = givenId.optional();

const list = defineRoute({
  method: 'get',
  path: '/v1/commands',
  tag,
  operationId: 'listCommands',
  summary: 'List what was asked of the purchases of this account, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, status: z.enum(COMMAND_STATUSES).optional(), verb, purchaseId }),
  answers: { 200: pageOf(askedCommandSchema) },
  async handle({ em, account, query, requestId }) {
    const { limit, cursor, status, verb: kind, purchaseId: ofPurchase } = query;
    const states = status && { states: statesOf(status) };
    const filter = { ...of, accountId: account.id, kind, purchaseId: ofPurchase, ...states };
    const page = await listInbox(em, filter, readPage({ limit, cursor }, INBOX_ORDER));
    const around = await aroundOf(em, page.rows);
    return { status: 200, body: toApiPage(page, (row) => toAskedCommand(row, around, requestId)) };
  },
});

const counts = defineRoute({
  method: 'get',
  path: '/v1/commands/counts',
  tag,
  operationId: 'countCommands',
  summary: 'Count the commands of this account by status',
  roles: MONEY_READERS,
  query: z.strictObject({ verb, purchaseId }),
  answers: { 200: commandCounts },
  async handle({ em, account, query }) {
    const filter = { ...of, accountId: account.id, kind: query.verb, purchaseId: query.purchaseId };
    return { status: 200, body: toApiCommandCounts(await countInbox(em, filter)) };
  },
});

const one = { path: '/v1/commands/{commandId}', tag, params: idParams('commandId') } as const;

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getCommand',
  summary: 'Follow something that was asked: pending, applied, refused or failed',
  roles: MONEY_READERS,
  answers: { 200: askedCommandSchema },
  async handle({ em, params, requestId }) {
    const row = await theCommand(em, params.commandId);
    return { status: 200, body: toAskedCommand(row, await aroundOf(em, [row]), requestId) };
  },
});

/**
 * Refused and failed commands are never carried out again automatically: by now they might do
 * something else.
 */
const wake = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/commands/{commandId}/wake',
  operationId: 'wakeCommand',
  audit: { kind: 'command.woken' },
  location: '/v1/commands/{id}',
  summary: 'Wake the purchase of a pending command; safe at any time',
  roles: BILLING,
  answers: { 202: askedCommandSchema },
  problems: [409],
  async handle({ em, params, requestId, afterCommit }, { wakes }: { wakes: Pick<Wakes, 'wake'> }) {
    const row = await theCommand(em, params.commandId);
    const { id: rowId, subjectId, state } = row;
    if (state !== 'open') throw new Problem(409, 'wrong_state', { detail: 'It has ended already.', state });
    if (subjectId) afterCommit(() => wakes.wake(subjectId, { kind: 'woken', rowId }));
    return { status: 202, body: toAskedCommand(row, await aroundOf(em, [row]), requestId) };
  },
});

async function theCommand(em: Scoped, id: string): Promise<InboxRow> {
  const row = await findInboxRow(em, id, { accountId: accountIdOf(em), ...of });
  if (!row) throw notFound('command');
  return row;
}

async function aroundOf(em: Scoped, rows: InboxRow[]) {
  return { ...(await withTexts(em, rows)), purchases: await namedPurchases(em, rows) };
}

export const commandRoutes = { list, counts, read, wake };
