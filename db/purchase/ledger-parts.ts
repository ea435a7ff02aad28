import { STATE_AFTER } from '../../workflows/domain/credits/balance.ts';
import { creditIdOf, type CreditLine } from '../../workflows/domain/credits/ledger.ts';
import { sql, type Sql } from '../sql.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { rowsOf } from './write-read-state.ts';

/** What records add to the ledger of credits, and what becomes of each credit by it. */
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
    ...creditParts(records),
  ];
}

/** A statement does not see what another part of it inserts: each credit is written once. */
function creditParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, ledger = [] }) =>
    [...Map.groupBy(ledger, ({ credit }) => credit)].map(([credit, lines]) => ({
      purchaseId,
      id: creditIdOf(purchaseId, credit),
      ...creditAfter(lines),
    })),
  );
  const [issued, known] = [rows.filter(({ issuedAt }) => issuedAt), rows.filter(({ issuedAt }) => !issuedAt)];
  const columns = 'id text, state text, "issuedAt" timestamptz, "expiresAt" timestamptz';
  const insertion = sql`
    insert into credits (id, account_id, purchase_id, contact_id, state, issued_at, expires_at)
    select e.id, a.account_id, a.id, a.contact_id, e.state, e."issuedAt", e."expiresAt"
    from advanced a join ${rowsOf(issued, columns)} on e."purchaseId" = a.id`;
  const update = sql`
    update credits c set state = e.state, expires_at = coalesce(e."expiresAt", c.expires_at)
    from advanced a join ${rowsOf(known, columns)} on e."purchaseId" = a.id
    where c.id = any(${known.map(({ id }) => id)}) and c.id = e.id`;
  return [...(issued.length > 0 ? [insertion] : []), ...(known.length > 0 ? [update] : [])];
}

/** `issuedAt`: null = it was issued before. */
function creditAfter(lines: CreditLine[]) {
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const expiresAt = lines.findLast((line) => line.expiresAt !== null)?.expiresAt ?? null;
  return { state: STATE_AFTER[last.kind], issuedAt: first.kind === 'issued' ? first.at : null, expiresAt };
}
