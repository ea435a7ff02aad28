import { availableAt, redeem, type CreditMove } from '../domain/credits/ledger.ts';
import {
  bookerOf,
  callData,
  forbidsBooking,
  openOf,
  rejectsAll,
  rejectsSlot,
  remindersOf,
  withCall,
} from '../domain/calls/bookings.ts';
import type { Call } from '../domain/calls/call.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { toBoth } from './call-emails.ts';
import type { Verb, VerbContext } from './verb.ts';

/**
 * `callId` is the command's own id. `expertIds`: whoever is free the first of them; one, where the
 * booker chose.
 */
export type BookCallInput = { callId: string; startsAt: Instant; endsAt: Instant; expertIds: string[] };

/** Books a call, for which the credit nearest its expiry is held [R19.4, R19.5]. */
export const bookCall: Verb<BookCallInput> = {
  name: 'book-call',

  forbids(state, now) {
    if (!state.terms.credits) return 'This offer gives no calls.';
    const forbidden = forbidsBooking(state, now);
    if (forbidden !== null) return forbidden;
    return state.credits && availableAt(state.credits, now).length > 0
      ? null
      : { code: 'no_credit', detail: whyNone(state, now) };
  },

  rejects: (state, input, { now, shut }) => rejectsSlot(state, input, now) ?? rejectsAll(input.expertIds, shut),

  effect: (state, input, context) => ({
    ...withCall(state, booked(state, input, context), context.now),
    credits: moved(state, input, context)?.credits ?? state.credits,
  }),

  ledger: (state, input, context) => moved(state, input, context)?.entries ?? [],

  reports(state, input, context) {
    const data = callData(booked(state, input, context));
    return { entry: 'call.booked', data, emails: toBoth('call-booked', 'expert-call-booked', data) };
  },
};

function booked(state: PurchaseState, input: BookCallInput, { now, shut, actor }: VerbContext): Call {
  const { callId: id, startsAt, endsAt, expertIds } = input;
  const expertId = openOf(expertIds, shut) ?? '';
  const times = { startsAt, endsAt, reminders: remindersOf(startsAt, now) };
  return { id, expertId, ...times, sequence: 0, outcome: null, ...bookerOf(state, actor) };
}

const moved = ({ credits }: PurchaseState, { callId }: BookCallInput, { now }: VerbContext): CreditMove | null =>
  credits ? redeem(credits, callId, now) : null;

/** Of two who want the last credit, the other reads what became of it. */
function whyNone({ credits }: PurchaseState, now: Instant): string {
  const held = credits?.open.filter(({ heldBy, expiresAt }) => heldBy !== null && now < expiresAt).length ?? 0;
  return held > 0 ? 'No credit is left: every one is held for a call that is booked.' : 'No credit is left.';
}
