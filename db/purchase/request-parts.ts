import type { EntryType, TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { RequestState } from '../../workflows/domain/cancellation-request.ts';
import { sql, type Sql } from '../sql.ts';
import type { PurchaseRecord } from './purchase-record.ts';
import { rowsOf } from './write-read-state.ts';

/** What an entry that names a request makes of it; any other one that does has carried it out. */
const STATES: Partial<Record<EntryType, RequestState>> = {
  'purchase.cancellation-requested': 'open',
  'purchase.cancellation-request-withdrawn': 'withdrawn',
  'purchase.cancellation-request-declined': 'declined',
  'purchase.cancellation-request-settled': 'obsolete',
};

const stateAfter = ({ type }: TimelineEntry): RequestState => STATES[type] ?? 'carried_out';

/** The queue of requests follows from the timeline, in the transaction that writes it [R9.5]. */
export function requestParts(records: PurchaseRecord[]): Sql[] {
  const rows = records.flatMap(({ state: { purchaseId }, entries }) =>
    entries.flatMap((entry) => {
      const { requestId, refundWanted } = entry.data;
      if (typeof requestId !== 'string') return [];
      const { at, commandId } = entry;
      return [
        { purchaseId, id: requestId, state: stateAfter(entry), at, commandId, refundWanted: refundWanted === true },
      ];
    }),
  );
  return [...madeParts(rows.filter(({ state }) => state === 'open')), ...decidedParts(rows)];
}

type Row = { state: RequestState; id: string };

const COLUMNS = 'id uuid, state text, at timestamptz, "commandId" uuid, "refundWanted" boolean';

const madeParts = (rows: Row[]): Sql[] =>
  rows.length === 0
    ? []
    : [
        sql`
          insert into cancellation_requests (id, account_id, purchase_id, state, refund_wanted, asked_at)
          select e.id, a.account_id, a.id, e.state, e."refundWanted", e.at
          from advanced a join ${rowsOf(rows, COLUMNS)} on e."purchaseId" = a.id`,
      ];

function decidedParts(rows: Row[]): Sql[] {
  const decided = rows.filter(({ state }) => state !== 'open');
  if (decided.length === 0) return [];
  return [
    sql`
      update cancellation_requests r set state = e.state, decided_at = e.at, decided_by = e."commandId"
      from advanced a join ${rowsOf(decided, COLUMNS)} on e."purchaseId" = a.id
      where r.id = e.id and r.state = 'open'`,
  ];
}
