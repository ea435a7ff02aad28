import type { EntryType, TimelineEntry } from '../../workflows/domain/outcome.ts';
import type { CallState } from '../entities/call.ts';
import type { SeatState } from '../entities/seat.ts';
import { rowsOf } from '../purchase/write-read-state.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import { sql, type Sql } from '../sql.ts';

/** What an entry makes of the call or the seat that it names. */
const CALL_STATES: Partial<Record<EntryType, CallState>> = {
  'call.booked': 'booked',
  'call.moved': 'booked',
  'call.canceled': 'canceled',
  'call.held': 'held',
  'call.no-show': 'no_show',
};
const SEAT_STATES: Partial<Record<EntryType, SeatState>> = { 'seat.booked': 'booked', 'seat.canceled': 'canceled' };

/** Calls and seats follow from the timeline, in the transaction that writes it. */
export function callParts(records: readonly PurchaseRecord[]): Sql[] {
  return [
    ...upsertCalls(rowsFor(records, CALL_STATES, 'callId')),
    ...upsertSeats(rowsFor(records, SEAT_STATES, 'seatId')),
  ];
}

type Row = Record<string, unknown> & { id: string };

/** One row for each that is named: of several entries the last one counts. */
function rowsFor(
  records: readonly PurchaseRecord[],
  states: Partial<Record<EntryType, string>>,
  id: 'callId' | 'seatId',
): Row[] {
  const rows = records.flatMap(({ state: { purchaseId }, entries }) =>
    entries.flatMap((entry): Row[] => {
      const state = states[entry.type];
      return state === undefined
        ? []
        : [{ ...entry.data, purchaseId, id: String(entry.data[id]), state, ...madeBy(entry, state) }];
    }),
  );
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

const madeBy = ({ at, commandId, data, type }: TimelineEntry, state: string) =>
  state === 'booked'
    ? { at, endedAt: null, endedBy: null, credit: null }
    : { at, endedAt: at, endedBy: commandId, credit: type === 'call.canceled' ? data.credit : 'spent' };

const CALL_COLUMNS = `id uuid, "expertId" uuid, state text, "startsAt" timestamptz, "endsAt" timestamptz, sequence int, credit text,
  at timestamptz, "endedAt" timestamptz, "endedBy" uuid`;

const upsertCalls = (rows: Row[]): Sql[] =>
  rows.length === 0
    ? []
    : [
        sql`
          insert into calls (id, account_id, purchase_id, contact_id, expert_id, state, starts_at, ends_at, busy_until, sequence, credit,
            booked_at, ended_at, ended_by)
          select e.id, a.account_id, a.id, a.contact_id, x.id, e.state, e."startsAt", e."endsAt",
            e."endsAt" + x.buffer_minutes * interval '1 minute', e.sequence, e.credit, e.at, e."endedAt", e."endedBy"
          from advanced a join ${rowsOf(rows, CALL_COLUMNS)} on e."purchaseId" = a.id
            join experts x on x.id = e."expertId" and x.account_id = a.account_id
          on conflict (id) do update set expert_id = excluded.expert_id, state = excluded.state, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, busy_until = excluded.busy_until, sequence = excluded.sequence, credit = excluded.credit,
            ended_at = excluded.ended_at, ended_by = excluded.ended_by`,
      ];

const SEAT_COLUMNS = `id uuid, "blockId" uuid, "expertId" uuid, date date, state text, "startsAt" timestamptz, "endsAt" timestamptz,
  at timestamptz, "endedAt" timestamptz, "endedBy" uuid`;

/** A booked seat is the first that is free. */
const upsertSeats = (rows: Row[]): Sql[] =>
  rows.length === 0
    ? []
    : [
        sql`
          insert into seats (id, account_id, purchase_id, contact_id, block_id, expert_id, date, seat, state, starts_at, ends_at,
            booked_at, ended_at, ended_by)
          select e.id, a.account_id, a.id, a.contact_id, b.id, e."expertId", e.date,
            case e.state when 'booked' then (
              select min(n) from generate_series(1, b.seats) as n where not exists (
                select from seats s where s.block_id = b.id and s.date = e.date and s.seat = n and s.state = 'booked')) else 1 end,
            e.state, e."startsAt", e."endsAt", e.at, e."endedAt", e."endedBy"
          from advanced a join ${rowsOf(rows, SEAT_COLUMNS)} on e."purchaseId" = a.id
            join office_hours b on b.id = e."blockId" and b.account_id = a.account_id
          on conflict (id) do update set state = excluded.state, ended_at = excluded.ended_at, ended_by = excluded.ended_by`,
      ];
