import {
  callData,
  findCall,
  forbidsBooking,
  noticeEndsAt,
  openOf,
  rejectsAll,
  rejectsSlot,
  remindersOf,
  withCall,
  withdrawnData,
} from '../domain/calls/bookings.ts';
import type { Call } from '../domain/calls/call.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { noSuchCall } from './cancel-call.ts';
import { toBoth } from './call-emails.ts';
import type { Verb, VerbContext } from './verb.ts';

export type MoveCallInput = { callId: string; startsAt: Instant; endsAt: Instant; expertIds: string[] };

/** Moves a call to another slot, with the credit that is held for it, 24 h before [R19.5]. */
export const moveCall: Verb<MoveCallInput> = {
  name: 'move-call',

  forbids: (state, now) => forbidsBooking(state, now),

  rejects(state, input, { now, shut }) {
    const { callId, startsAt, expertIds } = input;
    const call = findCall(state, callId);
    if (!call || call.outcome) return noSuchCall(call);
    const noticeEnds = noticeEndsAt(call);
    if (now > noticeEnds)
      return { code: 'too_late', at: noticeEnds, detail: `It could be moved until ${noticeEnds}, 24 hours before.` };
    if (startsAt === call.startsAt && expertIds.includes(call.expertId))
      return { code: 'unchanged', detail: 'It is at that time already.' };
    return rejectsSlot(state, input, now) ?? rejectsAll(expertIds, shut);
  },

  effect: (state, input, context) => {
    const call = moved(state, input, context);
    return call ? withCall(state, call, context.now) : state;
  },

  reports(state, input, context) {
    const before = findCall(state, input.callId);
    const call = moved(state, input, context);
    const previous = before && { previousStartsAt: before.startsAt, previousExpertId: before.expertId };
    const data = { ...(call && callData(call)), ...previous };
    const emails = toBoth('call-moved', 'expert-call-moved', data);
    if (!before || !call || before.expertId === call.expertId) return { entry: 'call.moved', data, emails };
    // For the expert that it was with, it is off: their calendars withdraw it.
    const told = emails.map((email) =>
      email.to === 'expert' ? { ...email, kind: 'expert-call-booked' as const } : email,
    );
    return {
      entry: 'call.moved',
      data,
      emails: [...told, { kind: 'expert-call-canceled', to: 'expert', data: withdrawnData(before) }],
    };
  },
};

function moved(state: PurchaseState, input: MoveCallInput, { now, shut }: VerbContext): Call | null {
  const call = findCall(state, input.callId);
  if (!call) return null;
  const { startsAt, endsAt, expertIds } = input;
  const expertId = openOf(expertIds, shut) ?? call.expertId;
  const sequence = call.sequence + 1;
  return { ...call, startsAt, endsAt, expertId, sequence, reminders: remindersOf(startsAt, now) };
}
