import { sql, type Sql } from '../sql.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { rowsOf } from './write-read-state.ts';

/** How monthly recurring revenue moves by records; test customers count nowhere [R16.2]. */
export function revenueParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, revenueMoves = [] }) =>
    revenueMoves.map((move, position) => ({ purchaseId, position, ...move })),
  );
  if (rows.length === 0) return [];
  const columns = 'position int, at timestamptz, currency text, "changeMinor" bigint, subscriptions smallint';
  // In one order, so that those who change two contacts at once wait and never block each other.
  return [
    sql`
      insert into revenue_movements (account_id, purchase_id, contact_id, currency, at, change_minor, subscriptions)
      select a.account_id, a.id, a.contact_id, e.currency, e.at, e."changeMinor", e.subscriptions
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id
        join contacts c on c.id = a.contact_id and not c.is_test
      order by a.contact_id, a.id, e.position`,
  ];
}

/**
 * What these purchases bring a month goes over to whose they are now, with when it began: no
 * movement of the account's. A statement sees whose they were before it.
 */
export const handedOverRevenue = (records: readonly PurchaseRecord[]): Sql => sql`
  insert into revenue_movements (account_id, purchase_id, contact_id, currency, at, kind, change_minor, subscriptions, cohort_at)
  select m.account_id, m.purchase_id, w.contact_id, m.currency, e.now, 'moved', w.sign * m.minor, w.sign * m.subscriptions, r.first_at
  from (select account_id, purchase_id, currency, sum(change_minor) as minor, sum(subscriptions) as subscriptions
      from revenue_movements where purchase_id = any(${records.map(({ state }) => state.purchaseId)}) group by account_id, purchase_id, currency) m
    join purchases p on p.id = m.purchase_id join advanced a on a.id = p.id
    join ${rowsOf(
      records.map(({ state: { purchaseId }, now }) => ({ purchaseId, now })),
      'now timestamptz',
    )} on e."purchaseId" = a.id
    join contact_revenue r on r.contact_id = p.contact_id and r.currency = m.currency
    cross join lateral (values (p.contact_id, -1), (a.contact_id, 1)) w (contact_id, sign)
  where m.minor <> 0 and p.contact_id <> a.contact_id
  order by w.contact_id, m.purchase_id`;
