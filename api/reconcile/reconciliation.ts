import { z } from 'zod';
import type { DifferenceRow } from '../../db/entities/difference-row.ts';
import { stripeAccountsOfAccount } from '../../db/money/stripe-account.ts';
import { NEWEST } from '../../db/page.ts';
import { countDifferences, findDifference, listDifferences } from '../../db/reconcile/differences.ts';
import { countCompared, lastRunOf, startRun } from '../../db/reconcile/runs.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { SEVERITIES } from '../../workflows/domain/compare.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { BILLING, MONEY_READERS } from '../auth/roles.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import {
  differenceKind,
  differenceSchema,
  differenceState,
  dismissBody,
  reconciliationSchema,
  repairAnswer,
  repairBody,
  severity,
} from './reconciliation-schema.ts';
import { dismiss, repair, type RepairDeps } from './repair.ts';
import { toApiDifferences } from './reconciliation-view.ts';

const tag = 'Reconciliation';
const path = '/v1/reconciliation';

const read = defineRoute({
  method: 'get',
  path,
  tag,
  operationId: 'getReconciliation',
  summary: 'Read how far purchases have been compared with Stripe, and how many differences stand',
  roles: MONEY_READERS,
  answers: { 200: reconciliationSchema },
  handle: async ({ em, account }) => ({ status: 200, body: await toApi(em, account.id) }),
});

const start = defineRoute({
  method: 'post',
  path: `${path}/runs`,
  tag,
  operationId: 'startReconciliation',
  audit: { kind: 'reconciliation.started' },
  summary: 'Compare all purchases with Stripe now; where that goes on already, nothing is begun',
  description: 'It is paced far below the limits of Stripe. What is seen twice some minutes apart is a difference.',
  roles: BILLING,
  body: z.strictObject({}),
  example: {},
  answers: { 202: reconciliationSchema },
  location: path,
  async handle({ em, account, now }) {
    const startedAt = fromMs(Date.now());
    const total = await countCompared(em, account.id, now);
    await startRun(em, { kind: 'purchases', accountId: account.id, total }, startedAt);
    for (const stripeAccount of await stripeAccountsOfAccount(em, account.id))
      await startRun(em, { kind: 'stripe', stripeAccount }, startedAt);
    await startRun(em, { kind: 'own_data' }, startedAt);
    return { status: 202, body: await toApi(em, account.id) };
  },
});

async function toApi(em: Scoped, accountId: string): Promise<z.input<typeof reconciliationSchema>> {
  const last = await lastRunOf(em, accountId);
  const open = { high: 0, medium: 0, low: 0 };
  for (const one of SEVERITIES) open[one] = (await countDifferences(em, { state: 'open', severity: one })).count;
  const run = last && {
    startedAt: last.createdAt,
    endedAt: last.endedAt,
    checked: last.checked,
    total: last.total,
  };
  return { run, open };
}

const list = defineRoute({
  method: 'get',
  path: `${path}/differences`,
  tag,
  operationId: 'listDifferences',
  summary: 'List in what purchases differ from Stripe, the newest first',
  description: 'Without `state`, all but those that are only suspected.',
  roles: MONEY_READERS,
  query: z.strictObject({
    ...pageQuery,
    state: differenceState.optional(),
    kind: differenceKind.optional(),
    severity: severity.optional(),
    purchaseId: givenId.optional(),
  }),
  answers: { 200: pageOf(differenceSchema) },
  async handle({ em, query: { limit, cursor, ...filter } }) {
    const page = await listDifferences(em, filter, readPage({ limit, cursor }, NEWEST));
    return { status: 200, body: toShownPage(page, await toApiDifferences(em, page.rows)) };
  },
});

const one = { path: `${path}/differences/{differenceId}`, tag, params: idParams('differenceId') } as const;

const readOne = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getDifference',
  summary: 'Read one difference',
  roles: MONEY_READERS,
  answers: { 200: differenceSchema },
  handle: async ({ em, params }) => ({ status: 200, body: await viewOf(em, params.differenceId) }),
});

async function theDifference(em: Scoped, id: string): Promise<DifferenceRow> {
  const found = await findDifference(em, id);
  if (!found) throw notFound('difference');
  return found;
}

async function viewOf(em: Scoped, id: string) {
  const [shown] = await toApiDifferences(em, [await theDifference(em, id)]);
  return shown!;
}

const repairOne = defineRoute({
  ...one,
  method: 'post',
  path: `${one.path}/repair`,
  operationId: 'repairDifference',
  audit: { kind: 'difference.repaired' },
  summary: 'Mend a difference, or say with `dryRun` what that would do',
  description:
    'Stripe is asked: 503 where it cannot be reached. Nothing is written but a row that says what Stripe says.',
  roles: BILLING,
  body: repairBody,
  example: { dryRun: true },
  answers: { 200: repairAnswer, 202: repairAnswer },
  location: `${path}/differences/{id}`,
  problems: [409, 503],
  async handle(call, deps: RepairDeps) {
    const difference = await theDifference(call.em, call.params.differenceId);
    const preview = await repair(difference, call, deps);
    if (preview) return { status: 200, body: preview };
    const { id } = difference;
    return { status: 202, body: { status: 'repairing' as const, id, difference: await viewOf(call.em, id) } };
  },
});

const dismissOne = defineRoute({
  ...one,
  method: 'post',
  path: `${one.path}/dismiss`,
  operationId: 'dismissDifference',
  audit: { kind: 'difference.dismissed' },
  summary: 'Say that a difference may stay; it ends by itself once it is gone',
  roles: BILLING,
  body: dismissBody,
  example: { note: 'A subscription of our old shop' },
  answers: { 200: differenceSchema },
  problems: [409],
  async handle(call) {
    await dismiss(await theDifference(call.em, call.params.differenceId), call);
    return { status: 200, body: await viewOf(call.em, call.params.differenceId) };
  },
});

export const reconciliationRoutes = { read, start, list, readOne, repair: repairOne, dismiss: dismissOne };
