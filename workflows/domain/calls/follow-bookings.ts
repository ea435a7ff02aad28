import { billingStatus } from '../billing.ts';
import { heldFor } from '../credits/ledger.ts';
import type { Instant } from '../instant.ts';
import type { Telling } from '../outcome.ts';
import type { PurchaseState } from '../purchase.ts';
import { SYSTEM } from '../verb.ts';
import { callsOf, isBooked, seatData, seatsOf, withdrawnData } from './bookings.ts';
import type { Call, Seat } from './call.ts';

/**
 * Cancels what cannot stand any longer, whatever the hour, and tells both sides: calls whose credit
 * is gone, since billing has ended or the new offer gives none, and seats that are given no more
 * [R27.2, R27.3].
 */
export function followBookings(change: Telling, next: PurchaseState): PurchaseState {
  const calls = callsWithoutCredit(next, change.at);
  const seats = seatsWithoutRight(next, change.at);
  if (calls.length + seats.length === 0) return next;
  calls.forEach((call) => tellOfCall(change, call));
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
    (call) => isBooked(call) && call.startsAt > now && !(state.credits && heldFor(state.credits, call.id)),
  );

function seatsWithoutRight(state: PurchaseState, now: Instant): Seat[] {
  const isGiven = state.terms.officeHours && billingStatus(state.billing) !== 'canceled';
  return isGiven ? [] : seatsOf(state).filter(({ startsAt }) => startsAt > now);
}

function tellOfCall(change: Telling, call: Call): void {
  const data = { ...withdrawnData(call), by: 'system', credit: 'none' };
  change.entry('call.canceled', data, SYSTEM);
  change.email('call-canceled', 'customer', data).email('expert-call-canceled', 'expert', data);
}

function tellOfSeat(change: Telling, seat: Seat): void {
  const data = { ...seatData(seat), by: 'system' };
  change.entry('seat.canceled', data, SYSTEM);
  change.email('seat-canceled', 'customer', data).email('expert-seat-canceled', 'expert', data);
}
