import { billingStatus } from '../billing.ts';
import { heldFor, returnCredit, type CreditEntry } from '../credits/ledger.ts';
import { addDays, type Instant } from '../instant.ts';
import type { Telling } from '../outcome.ts';
import type { PurchaseState } from '../purchase.ts';
import { SYSTEM } from '../verb.ts';
import { callsOf, isBooked, RETURNED_DAYS, seatData, seatsOf, withdrawnData, withoutCall } from './bookings.ts';
import type { Call, Seat } from './call.ts';

type Following = Telling & { credits(entries: CreditEntry[]): unknown };

/**
 * Cancels what cannot stand any longer, whatever the hour, and tells both sides: calls whose credit
 * is gone, since billing has ended or the new offer gives none, seats that are given no more, what
 * lies behind the days of access, and all where a revocation says so [R27.2, R27.3].
 */
export function followBookings(change: Following, before: PurchaseState, to: PurchaseState): PurchaseState {
  const by = isCanceledByBlock(before, to) ? 'site' : 'system';
  const next = by === 'site' || hasExpired(to, change.at) ? withoutCallsAhead(change, to, by) : to;
  const calls = callsWithoutCredit(next, change.at);
  const seats = by === 'site' ? seatsAhead(next, change.at) : seatsWithoutRight(next, change.at);
  if (calls.length + seats.length === 0) return next;
  calls.forEach((call) => tellOfCall(change, call, { by: 'system', credit: 'none' }));
  seats.forEach((seat) => tellOfSeat(change, seat, by));
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
  return isGiven ? [] : seatsAhead(state, now);
}

const seatsAhead = (state: PurchaseState, now: Instant): Seat[] =>
  seatsOf(state).filter(({ startsAt }) => startsAt >= now);

const isCanceledByBlock = (before: PurchaseState, { revoked }: PurchaseState): boolean =>
  revoked.some((block) => block.cancelsCalls && !before.revoked.includes(block));

const hasExpired = ({ access }: PurchaseState, now: Instant): boolean =>
  access?.endsAt !== null && access?.endsAt !== undefined && access.endsAt <= now;

/**
 * Calls that an end of access has come before, or the site cancels with a revocation: they have
 * kept their credits, which return, as from the site for longer [R19.5].
 */
function withoutCallsAhead(change: Following, state: PurchaseState, by: 'site' | 'system'): PurchaseState {
  const validUntilAtLeast = by === 'site' ? addDays(change.at, RETURNED_DAYS) : null;
  const ahead = callsOf(state).filter((call) => isBooked(call) && call.startsAt >= change.at);
  return ahead.reduce((before, call) => {
    if (!before.credits || !heldFor(before.credits, call.id)) return before;
    const { credits, entries } = returnCredit(before.credits, call.id, change.at, validUntilAtLeast);
    change.credits(entries);
    const credit = entries.some(({ kind }) => kind === 'expired') ? 'expired' : 'returned';
    tellOfCall(change, call, { by, credit });
    return { ...withoutCall(before, call.id), credits };
  }, state);
}

type Withdrawn = { by: 'site' | 'system'; credit: 'none' | 'returned' | 'expired' };

function tellOfCall(change: Telling, call: Call, withdrawn: Withdrawn): void {
  const data = { ...withdrawnData(call), ...withdrawn };
  change.entry('call.canceled', data, SYSTEM);
  change.email('call-canceled', 'customer', data).email('expert-call-canceled', 'expert', data);
}

function tellOfSeat(change: Telling, seat: Seat, by: Withdrawn['by']): void {
  const data = { ...seatData(seat), by };
  change.entry('seat.canceled', data, SYSTEM);
  change.email('seat-canceled', 'customer', data).email('expert-seat-canceled', 'expert', data);
}
