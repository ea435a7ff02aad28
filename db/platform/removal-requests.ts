import { accountIdOf, type Scoped } from '../account-scope.ts';
import { CancellationRequest } from '../entities/cancellation-request.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';
import { REQUEST_ORDER, type RequestFilter } from '../purchase/cancellation-requests.ts';
import { query, sql } from '../sql.ts';

/** What accounts have asked the platform to remove, the longest waiting first [R20.1]. */
export function listRemovals(
  em: Scoped,
  { state }: Pick<RequestFilter, 'state'>,
  page: PageQuery,
): Promise<Page<CancellationRequest>> {
  const ofAccounts = 'r.purchase_id in (select id from purchases where account_id = ? and for_account_id is not null)';
  const conditions = [{ sql: ofAccounts, params: [accountIdOf(em)] }];
  return findPage(em, CancellationRequest, { where: state ? { state } : {}, conditions, order: REQUEST_ORDER }, page);
}

/** Which account a request is of; `accountId` null = it is a contact's. */
export type OfAccount = { id: string; accountId: string | null; accountName: string | null };

export async function accountsOf(
  em: Scoped,
  requests: readonly CancellationRequest[],
): Promise<Map<string, OfAccount>> {
  const rows = await query<OfAccount>(
    em,
    sql`select r.id, p.for_account_id as "accountId", a.name as "accountName"
     from cancellation_requests r join purchases p on p.id = r.purchase_id left join accounts a on a.id = p.for_account_id
     where r.account_id = ${accountIdOf(em)} and r.id = any(${requests.map(({ id }) => id)}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
