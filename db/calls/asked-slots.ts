import type { Command } from '../../workflows/domain/pending.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import type { BookCallInput } from '../../workflows/verbs/book-call.ts';
import type { BookSeatInput } from '../../workflows/verbs/office-seats.ts';
import type { PurchaseRecord } from '../purchase/purchase-record.ts';
import type { SlotsAsked } from './shut-slots.ts';

type Whose = { accountId: string; contactId: string };

const ASKING: readonly CommandName[] = ['book-call', 'move-call', 'book-seat'];

export const asksForSlots = ({ name }: Command): boolean => ASKING.includes(name);

/** The slots that a command asks for; null = none. */
export function slotsOfCommand({ name, input, askedAt }: Command, { accountId, contactId }: Whose): SlotsAsked | null {
  if (name === 'book-call' || name === 'move-call') {
    const { callId: id, startsAt, endsAt, expertIds } = input as BookCallInput;
    return { kind: 'call', id, accountId, startsAt, endsAt, askedAt, expertIds };
  }
  if (name !== 'book-seat') return null;
  const { id, blockId, date, startsAt, endsAt } = input as BookSeatInput;
  return { kind: 'seat', id, accountId, contactId, blockId, date, startsAt, endsAt, askedAt };
}

/** The slots that a record takes: of several of one call, or of one seat, the last one. */
export function slotsOfRecord({ state, entries }: PurchaseRecord): SlotsAsked[] {
  const { accountId, contactId } = state;
  const calls = (state.calls ?? []).filter(({ id, outcome }) => {
    return outcome === null && entries.some(({ type, data }) => TAKE_CALLS.includes(type) && data.callId === id);
  });
  const seats = (state.seats ?? []).filter(({ id }) =>
    entries.some(({ type, data }) => type === 'seat.booked' && data.seatId === id),
  );
  const askedAt = (id: string) =>
    entries.findLast(({ data }) => data.callId === id || data.seatId === id)?.at ?? state.startedAt ?? '';
  return [
    ...calls.map(({ id, expertId, startsAt, endsAt }) => {
      return { kind: 'call' as const, id, accountId, startsAt, endsAt, askedAt: askedAt(id), expertIds: [expertId] };
    }),
    ...seats.map(({ id, blockId, date, startsAt, endsAt }) => {
      return { kind: 'seat' as const, id, accountId, contactId, blockId, date, startsAt, endsAt, askedAt: askedAt(id) };
    }),
  ];
}

const TAKE_CALLS: readonly string[] = ['call.booked', 'call.moved'];
