import { accessStatus, accessEndsAt } from '../access.ts';
import { addDays, fromMs, toMs, type Instant } from '../instant.ts';
import type { EntryData } from '../outcome.ts';
import type { PurchaseState } from '../purchase.ts';
import type { Refusal } from '../refusals.ts';
import type { Actor } from '../verb.ts';
import type { StripeWrite } from '../writes.ts';
import type { Call, Seat } from './call.ts';

/** Who gives a call or a seat up: whoever booked it, or the site and its expert. */
export const CANCELED_BY = ['booker', 'site'] as const;
export type CanceledBy = (typeof CANCELED_BY)[number];

/**
 * An asked slot that cannot be had; `id`: the expert or the block. `yours`: the same person has a
 * seat in that block already.
 */
export type ShutSlot = { id: string; why: 'taken' | 'closed' | 'yours' };

/** Until then a call is moved, or canceled without losing its credit [R19.5]. */
const NOTICE_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS_AHEAD = 60;
const REMINDERS_MS = [NOTICE_MS, 60 * 60 * 1000];
/** A credit that the expert's cancellation gives back is good for at least so long [R19.5]. */
export const RETURNED_DAYS = 30;
/** For so long it can be put right whether a call was held. */
const KEPT_DAYS = 7;

export const callsOf = ({ calls = [] }: PurchaseState): Call[] => calls;
export const seatsOf = ({ seats = [] }: PurchaseState): Seat[] => seats;

export const isBooked = ({ outcome }: Call): boolean => outcome === null;

export const findCall = (state: PurchaseState, callId: string): Call | undefined =>
  callsOf(state).find(({ id }) => id === callId);

/** The last instant at which it can be moved, or canceled without losing its credit. */
export const noticeEndsAt = ({ startsAt }: Pick<Call, 'startsAt'>): Instant => fromMs(toMs(startsAt) - NOTICE_MS);

/** Those that are still ahead at `now`. */
export const remindersOf = (startsAt: Instant, now: Instant): Instant[] =>
  REMINDERS_MS.map((before) => fromMs(toMs(startsAt) - before)).filter((at) => at > now);

/** With this call in place of an older version of it; without those that ended long ago. */
export function withCall(state: PurchaseState, call: Call, now: Instant): PurchaseState {
  const kept = callsOf(state).filter((one) => {
    return one.id !== call.id && (isBooked(one) || addDays(one.endsAt, KEPT_DAYS) > now);
  });
  return { ...state, calls: [...kept, call].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1)) };
}

export const withoutCall = (state: PurchaseState, callId: string): PurchaseState => ({
  ...state,
  calls: callsOf(state).filter(({ id }) => id !== callId),
});

export const withoutSeat = (state: PurchaseState, seatId: string): PurchaseState => ({
  ...state,
  seats: seatsOf(state).filter(({ id }) => id !== seatId),
});

/** What a timeline entry says of a call: all that its row needs. */
export const callData = ({ id: callId, expertId, startsAt, endsAt, sequence, bookedBy }: Call): EntryData => ({
  callId,
  expertId,
  startsAt,
  endsAt,
  sequence,
  ...(bookedBy !== undefined && { bookedBy }),
});

/** Who of a team books: they, and not the owner, are told of it [R19.5]. */
export const bookerOf = ({ forAccountId }: PurchaseState, { kind, id }: Actor): { bookedBy?: string } =>
  forAccountId !== undefined && kind === 'admin' && id !== null ? { bookedBy: id } : {};

/** As calendars take it out: by its id, with a higher sequence. */
export const withdrawnData = (call: Call): EntryData => callData({ ...call, sequence: call.sequence + 1 });

/** What a timeline entry says of a seat. */
export const seatData = ({ id: seatId, blockId, expertId, date, startsAt, endsAt, bookedBy }: Seat): EntryData => ({
  seatId,
  blockId,
  expertId,
  date,
  startsAt,
  endsAt,
  ...(bookedBy !== undefined && { bookedBy }),
});

/** Writes after which billing goes on as before. */
const KEEP_BILLING: readonly StripeWrite['op'][] = ['stopAt', 'voidOpenInvoices', 'payInvoice', 'refund'];

/**
 * Why nothing can be booked, whatever the slot: access is blocked [R19.4], or a verb that ends or
 * changes billing is on its way.
 */
export function forbidsBooking(state: PurchaseState, now: Instant): Refusal | string | null {
  const { pending } = state;
  if (pending?.writes.some(({ op }) => !KEEP_BILLING.includes(op)))
    return { code: 'verb_pending', detail: `${pending.command.name} is under way; ask again once it is done.` };
  return accessStatus(state, now) === 'none' ? 'Access is closed, so nothing can be booked.' : null;
}

/** Why an instant cannot be booked, by what the purchase alone says of it [R19.5, R27.2]. */
export function rejectsSlot(
  state: PurchaseState,
  { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
  now: Instant,
): Refusal | null {
  const field = 'startsAt';
  if (startsAt <= now) return { code: 'instant_past', field, detail: 'It has begun already.' };
  if (startsAt > addDays(now, MOST_DAYS_AHEAD))
    return { code: 'slot_closed', field, detail: `It is more than ${MOST_DAYS_AHEAD} days ahead.` };
  const until = accessEndsAt(state);
  if (until === null || endsAt <= until) return null;
  return { code: 'slot_closed', field, at: until, detail: `Access ends at ${until}.` };
}

/** The first of the asked experts or blocks that can be had; undefined = none. */
export const openOf = (asked: readonly string[], shut: readonly ShutSlot[] = []): string | undefined =>
  asked.find((one) => !shut.some(({ id }) => id === one));

/** Why none of them can be had. */
export function rejectsAll(asked: readonly string[], shut: readonly ShutSlot[] = []): Refusal | null {
  if (openOf(asked, shut) !== undefined) return null;
  const reasons = shut.filter(({ id }) => asked.includes(id)).map(({ why }) => why);
  if (reasons.includes('yours'))
    return { code: 'already_booked', detail: 'There is a seat in these office hours already.' };
  if (reasons.includes('taken')) return { code: 'slot_taken', detail: 'It has been taken meanwhile.' };
  return { code: 'slot_closed', field: 'startsAt', detail: 'There is no open slot at that time.' };
}
