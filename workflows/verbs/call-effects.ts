import { callsOf, isBooked, seatsOf } from '../domain/calls/bookings.ts';
import type { Call } from '../domain/calls/call.ts';
import { accessEndsAt } from '../domain/access.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';

export const CALL_CHANGES = ['booked', 'moved', 'canceled', 'held', 'no_show'] as const;

/**
 * What becomes of a call or a seat; `at`: when, where that is later: with the end of access that a
 * cancellation has set.
 */
export type CallEffect = {
  id: string;
  kind: 'call' | 'seat';
  change: (typeof CALL_CHANGES)[number];
  startsAt: Instant;
  at: Instant | null;
};

/** What a verb does to calls and seats, for people to read before they press [R6.5]. */
export function callEffects(before: PurchaseState, next: PurchaseState, now: Instant): CallEffect[] {
  const calls = callsOf(next).flatMap((call) => changeOf(call, callsOf(before)));
  const gone = callsOf(before).filter((call) => isBooked(call) && !callsOf(next).some(({ id }) => id === call.id));
  const until = accessEndsAt(next);
  const isNew = until !== null && until !== accessEndsAt(before) && until > now;
  const later = isNew ? callsOf(next).filter((call) => isBooked(call) && call.startsAt >= until) : [];
  return [
    ...calls,
    ...gone.map(({ id, startsAt }) => effect('call', id, 'canceled', startsAt)),
    ...later.map(({ id, startsAt }) => ({ ...effect('call', id, 'canceled', startsAt), at: until })),
    ...seatEffects(before, next, now),
  ];
}

const effect = (kind: CallEffect['kind'], id: string, change: CallEffect['change'], startsAt: Instant): CallEffect => ({
  id,
  kind,
  change,
  startsAt,
  at: null,
});

function changeOf(call: Call, before: Call[]): CallEffect[] {
  const old = before.find(({ id }) => id === call.id);
  if (!old) return [effect('call', call.id, 'booked', call.startsAt)];
  if (old.outcome !== call.outcome && call.outcome) return [effect('call', call.id, call.outcome, call.startsAt)];
  return old.sequence === call.sequence ? [] : [effect('call', call.id, 'moved', call.startsAt)];
}

/** Seats that are over are forgotten, which is no effect. */
function seatEffects(before: PurchaseState, next: PurchaseState, now: Instant): CallEffect[] {
  const [old, left] = [seatsOf(before), seatsOf(next)];
  const taken = left.filter((seat) => !old.some(({ id }) => id === seat.id));
  const gone = old.filter((seat) => seat.endsAt > now && !left.some(({ id }) => id === seat.id));
  return [
    ...taken.map(({ id, startsAt }) => effect('seat', id, 'booked', startsAt)),
    ...gone.map(({ id, startsAt }) => effect('seat', id, 'canceled', startsAt)),
  ];
}
