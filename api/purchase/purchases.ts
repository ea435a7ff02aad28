import { withNames } from '../../db/purchase/full-purchase.ts';
import { z } from 'zod';
import {
  countPurchases,
  countViews,
  findPurchase,
  listPurchases,
  PURCHASE_SORTS,
  PURCHASE_VIEWS,
  type PurchaseView,
} from '../../db/purchase/purchases.ts';
import { readRevision } from '../../db/purchase/purchase-revision.ts';
import { readTimeline, TIMELINE_ORDERS } from '../../db/purchase/timeline.ts';
import type { EntryData } from '../../workflows/domain/outcome.ts';
import { upcoming } from '../../workflows/domain/due.ts';
import { siteUrl } from '../platform/site-url.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { count, toApiCounts } from '../http/counts.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { purchaseRevisionSchema, purchaseSchema, purchaseSummarySchema } from './purchase-schema.ts';
import { bounded, filter, purchaseCounts } from './purchase-filter.ts';
import { timelineSchema } from './timeline-schema.ts';
import { toApiActor, toApiPurchase, toApiPurchaseSummary } from './purchase-view.ts';
import { MONEY_READERS } from '../auth/roles.ts';

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
  async handle({ em, account, now, query: { limit, cursor, ...asked } }) {
    const place = readPage({ limit, cursor }, PURCHASE_SORTS[asked.sort]);
    const page = await listPurchases(em, bounded(asked, account.timeZone), place);
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
  handle: async ({ em, account, query }) => ({
    status: 200,
    body: await countPurchases(em, bounded(query, account.timeZone)),
  }),
});

const VIEWS = Object.keys(PURCHASE_VIEWS) as PurchaseView[];

const countByView = defineRoute({
  method: 'get',
  path: '/v1/purchases/counts',
  tag: 'Purchases',
  operationId: 'countPurchasesByView',
  summary: 'Count purchases by what people look for most',
  roles: MONEY_READERS,
  query: z.strictObject(filter),
  answers: { 200: purchaseCounts },
  handle: async ({ em, account, query }) => ({
    status: 200,
    body: toApiCounts(await countViews(em, VIEWS, bounded(query, account.timeZone))),
  }),
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
    const site = siteUrl(publicUrl, call.account);
    return { status: 200, body: toApiPurchase(await withNames(call.em, purchase), call.now, site) };
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
      data: withOfferNames(more, page.offerNames),
      before: change?.before ?? null,
      after: change?.after ?? null,
    }));
    const nextCursor = page.next && `${page.next.revision}.${page.next.position}`;
    return { status: 200, body: { data, due: upcoming(purchase.snapshot, call.now), nextCursor } };
  },
});

/** The offers of a change, by the names that they have now. */
function withOfferNames(data: EntryData, names: Map<string, string>): EntryData {
  const { offerId, fromOfferId } = data;
  if (typeof offerId !== 'string' || typeof fromOfferId !== 'string') return data;
  return { ...data, offerName: names.get(offerId) ?? null, fromOfferName: names.get(fromOfferId) ?? null };
}

function place(cursor: string): { revision: number; position: number } {
  const [, revision, position] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (revision === undefined || position === undefined) throw invalid('cursor', 'is no nextCursor of this list');
  return { revision: Number(revision), position: Number(position) };
}

export const purchaseRoutes = {
  list,
  countThem,
  countByView,
  read,
  revision,
  timeline,
};
