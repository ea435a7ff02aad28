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

type Step = {
  purchaseId: string;
  id: string;
  state: RequestState;
  at: string;
  by: string | null;
  refundWanted: boolean;
};

/** The queue of requests follows from the timeline, in the transaction that writes it [R9.5]. */
export function requestParts(records: PurchaseRecord[]): Sql[] {
  const steps = records.flatMap(({ state: { purchaseId }, entries }) =>
    entries.flatMap((entry): Step[] => {
      const { requestId: id, refundWanted } = entry.data;
      if (typeof id !== 'string') return [];
      const { at, commandId: by } = entry;
      return [{ purchaseId, id, state: stateAfter(entry), at, by, refundWanted: refundWanted === true }];
    }),
  );
  const requests = [...Map.groupBy(steps, ({ id }) => id).values()];
  return [...madeParts(requests.filter(isMade).map(madeRow)), ...decidedParts(requests.filter((one) => !isMade(one)))];
}

const isMade = ([first]: Step[]): boolean => first?.state === 'open';

/** A statement does not see what another part of it inserts: decided at once, it is written so. */
function madeRow(steps: Step[]) {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const decided = last === first ? null : last;
  return { ...first, state: last.state, decidedAt: decided?.at ?? null, by: decided?.by ?? null };
}

const COLUMNS = 'id uuid, state text, at timestamptz, "by" uuid, "refundWanted" boolean, "decidedAt" timestamptz';

const madeParts = (rows: object[]): Sql[] =>
  rows.length === 0
    ? []
    : [
        sql`
          insert into cancellation_requests (id, account_id, purchase_id, state, refund_wanted, asked_at, decided_at, decided_by)
          select e.id, a.account_id, a.id, e.state, e."refundWanted", e.at, e."decidedAt", e."by"
          from advanced a join ${rowsOf(rows, COLUMNS)} on e."purchaseId" = a.id`,
      ];

function decidedParts(requests: Step[][]): Sql[] {
  if (requests.length === 0) return [];
  const rows = requests.flatMap((steps) => steps.at(-1) ?? []);
  return [
    sql`
      update cancellation_requests r set state = e.state, decided_at = e.at, decided_by = e."by"
      from advanced a join ${rowsOf(rows, COLUMNS)} on e."purchaseId" = a.id
      where r.id = e.id and r.state = 'open'`,
  ];
}
