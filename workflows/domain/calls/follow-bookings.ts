import { billingStatus } from '../billing.ts';
import { heldFor, returnCredit, type CreditEntry } from '../credits/ledger.ts';
import type { Instant } from '../instant.ts';
import type { Telling } from '../outcome.ts';
import type { PurchaseState } from '../purchase.ts';
import { SYSTEM } from '../verb.ts';
import { callsOf, isBooked, seatData, seatsOf, withdrawnData, withoutCall } from './bookings.ts';
import type { Call, Seat } from './call.ts';

type Following = Telling & { credits(entries: CreditEntry[]): unknown };

/**
 * Cancels what cannot stand any longer, whatever the hour, and tells both sides: calls whose credit
 * is gone, since billing has ended or the new offer gives none, seats that are given no more, and
 * what lies behind the days of access [R27.2, R27.3].
 */
export function followBookings(change: Following, to: PurchaseState): PurchaseState {
  const next = hasExpired(to, change.at) ? withoutCallsAhead(change, to) : to;
  const calls = callsWithoutCredit(next, change.at);
  const seats = seatsWithoutRight(next, change.at);
  if (calls.length + seats.length === 0) return next;
  calls.forEach((call) => tellOfCall(change, call, 'none'));
  seats.forEach((seat) => tellOfSeat(change, seat));
  return {
    ...next,
    calls: callsOf(next).filter((call) => !calls.includes(call)),
    seats: seatsOf(next).filter((seat) => !seats.includes(seat)),
  };
}

/** What has begun by then is held or missed like any other. */
const callsWithoutCredit = (state: PurchaseState, now: Instant): Call[] =>
  callsOf(state).filter(
    (call) => isBooked(call) && call.startsAt >= now && !(state.credits && heldFor(state.credits, call.id)),
  );

function seatsWithoutRight(state: PurchaseState, now: Instant): Seat[] {
  const isGiven = state.terms.officeHours && billingStatus(state.billing) !== 'canceled' && !hasExpired(state, now);
  return isGiven ? [] : seatsOf(state).filter(({ startsAt }) => startsAt >= now);
}

const hasExpired = ({ access }: PurchaseState, now: Instant): boolean =>
  access?.endsAt !== null && access?.endsAt !== undefined && access.endsAt <= now;

/** Calls that an end of access has come before: they have kept their credits, which return. */
function withoutCallsAhead(change: Following, state: PurchaseState): PurchaseState {
  const ahead = callsOf(state).filter((call) => isBooked(call) && call.startsAt >= change.at);
  return ahead.reduce((before, call) => {
    if (!before.credits || !heldFor(before.credits, call.id)) return before;
    const { credits, entries } = returnCredit(before.credits, call.id, change.at);
    change.credits(entries);
    tellOfCall(change, call, entries.some(({ kind }) => kind === 'expired') ? 'expired' : 'returned');
    return { ...withoutCall(before, call.id), credits };
  }, state);
}

function tellOfCall(change: Telling, call: Call, credit: 'none' | 'returned' | 'expired'): void {
  const data = { ...withdrawnData(call), by: 'system', credit };
  change.entry('call.canceled', data, SYSTEM);
  change.email('call-canceled', 'customer', data).email('expert-call-canceled', 'expert', data);
}

function tellOfSeat(change: Telling, seat: Seat): void {
  const data = { ...seatData(seat), by: 'system' };
  change.entry('seat.canceled', data, SYSTEM);
  change.email('seat-canceled', 'customer', data).email('expert-seat-canceled', 'expert', data);
}
