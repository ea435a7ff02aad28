import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestState } from '../../workflows/domain/cancellation-request.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Scoped } from '../account-scope.ts';
import { CancellationRequest } from '../entities/cancellation-request.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

/** Who has waited longest comes first. */
export const REQUEST_ORDER = { by: 'askedAt', direction: 'asc' } as const;

export type RequestFilter = { state?: RequestState | undefined; purchaseId?: string | undefined };

export function listRequests(
  em: Scoped,
  { state, purchaseId }: RequestFilter,
  page: PageQuery,
): Promise<Page<CancellationRequest>> {
  const where = { ...(state && { state }), ...(purchaseId && { purchaseId }) };
  return findPage(em, CancellationRequest, { where, order: REQUEST_ORDER }, page);
}

/** Why it was asked, and who decided it and why. */
export type RequestTexts = { id: string; reason: string | null; by: Actor | null; decision: string | null };

export async function textsOf(
  em: EntityManager,
  requests: readonly CancellationRequest[],
): Promise<Map<string, RequestTexts>> {
  const rows = await query<RequestTexts>(
    em,
    sql`select r.id, asked.reason, i.actor as by, decided.reason as decision
     from cancellation_requests r left join command_texts asked on asked.command_id = r.id
       left join inbox i on i.id = r.decided_by left join command_texts decided on decided.command_id = r.decided_by
     where r.id = any(${requests.map(({ id }) => id)}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The latest request of each of these purchases, as its customer may see it. */
export type LatestRequest = Pick<CancellationRequest, 'id' | 'purchaseId' | 'state' | 'refundWanted' | 'askedAt'> & {
  decision: string | null;
};

export async function latestRequests(em: Scoped, purchaseIds: readonly string[]): Promise<Map<string, LatestRequest>> {
  if (purchaseIds.length === 0) return new Map();
  const requests = await em.find(
    CancellationRequest,
    { purchaseId: { $in: [...purchaseIds] } },
    { orderBy: { askedAt: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
  const latest = new Map(requests.map((request) => [request.purchaseId, request]));
  const texts = await textsOf(em, [...latest.values()]);
  return new Map(
    [...latest].map(([id, request]) => [id, { ...request, decision: texts.get(request.id)?.decision ?? null }]),
  );
}
