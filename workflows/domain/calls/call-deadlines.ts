import type { ChangeBuilder } from '../change.ts';
import { spend } from '../credits/ledger.ts';
import type { Instant } from '../instant.ts';
import { AUTOMATION } from '../verb.ts';
import { callData, callsOf, isBooked, withCall } from './bookings.ts';
import type { Call } from './call.ts';
import type { PurchaseState } from '../purchase.ts';

/** When reminders of the booked calls are due, the earliest of each call first. */
export const remindersDue = (state: PurchaseState): Instant[] => callsOf(state).flatMap(({ reminders }) => reminders);

/** When booked calls end. */
export const endsDue = (state: PurchaseState): Instant[] =>
  callsOf(state)
    .filter(isBooked)
    .map(({ endsAt }) => endsAt);

/**
 * Reminds both of a call. One that comes too late, since no worker ran, says nothing: the call has
 * begun.
 */
export function remind(change: ChangeBuilder, state: PurchaseState, at: Instant): PurchaseState {
  return callsOf(state)
    .filter(({ reminders }) => reminders.some((due) => due <= at))
    .reduce((before, call) => {
      if (change.context.now < call.startsAt) tellBoth(change, call);
      return withCall(before, { ...call, reminders: call.reminders.filter((due) => due > at) }, at);
    }, state);
}

function tellBoth(change: ChangeBuilder, call: Call): void {
  const data = callData(call);
  change.entry('call.reminded', data, AUTOMATION);
  change.email('call-reminder', 'customer', data).email('expert-call-reminder', 'expert', data);
}

/** A call that nobody has marked is held at its end, and its credit spent [R19.5]. */
export function endCalls(change: ChangeBuilder, state: PurchaseState, at: Instant): PurchaseState {
  return callsOf(state)
    .filter((call) => isBooked(call) && call.endsAt <= at)
    .reduce((before, call) => {
      change.entry('call.held', callData(call), AUTOMATION, call.endsAt);
      const next = withCall(before, { ...call, outcome: 'held', reminders: [] }, at);
      if (!next.credits) return next;
      const { credits, entries } = spend(next.credits, call.id, call.endsAt);
      change.credits(entries);
      return { ...next, credits };
    }, state);
}
