import { withNames } from '../../db/purchase/full-purchase.ts';
import { z } from 'zod';
import {
  countPurchases,
  findPurchase,
  listPurchases,
  PURCHASE_SORTS,
  REFUND_TROUBLES,
} from '../../db/purchase/purchases.ts';
import { readRevision } from '../../db/purchase/purchase-revision.ts';
import { readTimeline, TIMELINE_ORDERS } from '../../db/purchase/timeline.ts';
import { upcoming } from '../../workflows/domain/due.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { count } from '../http/counts.ts';
import { givenId, idParams, pageOf, pageQuery, part, SHORT_PART, truth } from '../http/fields.ts';
import {
  accessStatus,
  billingStatus,
  purchaseRevisionSchema,
  purchaseSchema,
  purchaseSummarySchema,
} from './purchase-schema.ts';
import { timelineSchema } from './timeline-schema.ts';
import { toApiActor, toApiPurchase, toApiPurchaseSummary } from './purchase-view.ts';
import { MONEY_READERS } from '../auth/roles.ts';

const filter = {
  billingStatus: billingStatus.optional(),
  accessStatus: accessStatus.optional(),
  offerId: givenId.optional(),
  contactId: givenId.optional(),
  needsAttention: truth.optional(),
  billingWithoutAccess: truth.optional().describe('Billing goes on although access is gone.'),
  pendingCancellation: truth.optional(),
  waitsForStripe: z
    .literal('true')
    .transform(() => true as const)
    .optional()
    .describe('A verb that Stripe has not answered for longer than it usually takes.'),
  refunds: z
    .enum(REFUND_TROUBLES)
    .optional()
    .describe('`pending`: a refund is on its way; `failed`: one has failed, and none of its payment was made since.'),
  q: part.optional().describe(`Part of the contact's address or name. ${SHORT_PART}`),
};

const list = defineRoute({
  method: 'get',
  path: '/v1/purchases',
  tag: 'Purchases',
  operationId: 'listPurchases',
  summary: 'List purchases, the newest first or by what is due',
  roles: MONEY_READERS,
  query: z.strictObject({
    ...pageQuery,
    ...filter,
    sort: z
      .enum(['newest', 'nextDue', 'nextCharge'])
      .default('newest')
      .describe('`nextDue`, `nextCharge`: the earliest first, those without one last.'),
  }),
  answers: { 200: pageOf(purchaseSummarySchema) },
  async handle({ em, now, query: { limit, cursor, ...asked } }) {
    const place = readPage({ limit, cursor }, PURCHASE_SORTS[asked.sort]);
    const page = await listPurchases(em, asked, place);
    return { status: 200, body: toApiPage(page, (listed) => toApiPurchaseSummary(listed, now)) };
  },
});

const countThem = defineRoute({
  method: 'get',
  path: '/v1/purchases/count',
  tag: 'Purchases',
  operationId: 'countPurchases',
  summary: 'Count purchases',
  roles: MONEY_READERS,
  query: z.strictObject(filter),
  answers: { 200: count },
  handle: async ({ em, query }) => ({ status: 200, body: await countPurchases(em, query) }),
});

type One = AccountCall<{ purchaseId: string }, unknown, unknown>;

async function startedPurchase({ em, params }: One) {
  const purchase = await findPurchase(em, params.purchaseId);
  if (!purchase?.startedAt) throw notFound('purchase');
  return purchase;
}

const read = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}',
  tag: 'Purchases',
  operationId: 'getPurchase',
  summary: 'Read a purchase: both axes, money, what is due, and what may be asked',
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  answers: { 200: purchaseSchema },
  async handle(call, { publicUrl }: { publicUrl: string }) {
    const purchase = await startedPurchase(call);
    return { status: 200, body: toApiPurchase(await withNames(call.em, purchase), call.now, publicUrl) };
  },
});

const revision = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}/revision',
  tag: 'Purchases',
  operationId: 'getPurchaseRevision',
  summary: 'Ask whether there is something new to read of a purchase',
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  answers: { 200: purchaseRevisionSchema },
  async handle({ em, params }) {
    const found = await readRevision(em, params.purchaseId);
    if (!found) throw notFound('purchase');
    return { status: 200, body: found };
  },
});

const timeline = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}/timeline',
  tag: 'Purchases',
  operationId: 'getTimeline',
  summary: 'Read what has happened to a purchase, oldest or newest first, and what is due',
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  query: z.strictObject({
    ...pageQuery,
    limit: pageQuery.limit.default(200),
    order: z.enum(TIMELINE_ORDERS).default('oldest'),
  }),
  answers: { 200: timelineSchema },
  async handle(call) {
    const purchase = await startedPurchase(call);
    const { limit, cursor, order } = call.query;
    const page = await readTimeline(call.em, purchase.id, {
      limit,
      order,
      after: cursor === undefined ? null : place(cursor),
    });
    const data = page.rows.map(({ id, type, at, actor, commandId, data: more, change }) => ({
      id,
      type,
      at,
      actor: toApiActor(actor, page.emails),
      commandId,
      reason: (commandId && page.texts.get(commandId)?.reason) || null,
      feedback: (commandId && page.texts.get(commandId)?.feedback) || null,
      data: more,
      before: change?.before ?? null,
      after: change?.after ?? null,
    }));
    const nextCursor = page.next && `${page.next.revision}.${page.next.position}`;
    return { status: 200, body: { data, due: upcoming(purchase.snapshot, call.now), nextCursor } };
  },
});

function place(cursor: string): { revision: number; position: number } {
  const [, revision, position] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (revision === undefined || position === undefined) throw invalid('cursor', 'is no nextCursor of this list');
  return { revision: Number(revision), position: Number(position) };
}

export const purchaseRoutes = {
  list,
  countThem,
  read,
  revision,
  timeline,
};
