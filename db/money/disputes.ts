import type { Scoped } from '../account-scope.ts';
import { Dispute } from '../entities/dispute.ts';
import { namedPurchases, type NamedPurchase } from '../inbox/inbox.ts';
import { findPage, type Filter, type Page, type PageQuery } from '../page.ts';
import type { DisputeStatus } from '../../workflows/domain/payments.ts';

/** By when each was opened. */
export const DISPUTE_ORDER = { by: 'openedAt', direction: 'desc' } as const;

export type DisputeFilter = {
  state?: DisputeStatus | undefined;
  purchaseId?: string | undefined;
  /** Not decided, and the bank has no answer yet. */
  needsResponse?: true | undefined;
};

/** A line of the list, with whom it is of. */
export type ListedDispute = { dispute: Dispute; purchase: NamedPurchase };

export async function listDisputes(em: Scoped, filter: DisputeFilter, page: PageQuery): Promise<Page<ListedDispute>> {
  const { rows, next } = await findPage(em, Dispute, { ...filterOf(filter), order: DISPUTE_ORDER }, page);
  return { rows: await withNames(em, rows), next };
}

export async function findDispute(em: Scoped, id: string): Promise<ListedDispute | null> {
  const dispute = await em.findOne(Dispute, { id });
  const [listed = null] = dispute ? await withNames(em, [dispute]) : [];
  return listed;
}

const filterOf = ({ needsResponse, ...columns }: DisputeFilter): Filter => ({
  where: columns,
  conditions: needsResponse ? [{ sql: NEEDS_RESPONSE, params: [] }] : [],
});

/** Its first half is as the index has it. */
const NEEDS_RESPONSE = `(r.state in ('open', 'inquiry') and coalesce(r.stripe_status, '') not like '%under_review')`;

async function withNames(em: Scoped, disputes: Dispute[]): Promise<ListedDispute[]> {
  const subjects = disputes.map(({ purchaseId: subjectId }) => ({ subjectId }));
  const purchases = await namedPurchases(em, subjects);
  return disputes.flatMap((dispute) => {
    const purchase = purchases.get(dispute.purchaseId);
    return purchase ? [{ dispute, purchase }] : [];
  });
}
