import { sql, type Sql } from '../sql.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { rowsOf } from './write-read-state.ts';

/** What records add to the ledger of credits. */
export function ledgerParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, ledger = [] }) =>
    ledger.map((entry, position) => ({ purchaseId, position, ...entry })),
  );
  if (rows.length === 0) return [];
  const columns =
    'position int, credit int, kind text, at timestamptz, "expiresAt" timestamptz, "callId" uuid, "commandId" uuid';
  return [
    sql`
      insert into credit_entries (purchase_id, revision, position, account_id, credit, kind, at, expires_at, call_id, command_id)
      select a.id, a.revision, e.position, a.account_id, e.credit, e.kind, e.at, e."expiresAt", e."callId", e."commandId"
      from advanced a join ${rowsOf(rows, columns)} on e."purchaseId" = a.id`,
  ];
}
