import {
  findCall,
  noticeEndsAt,
  RETURNED_DAYS,
  withdrawnData,
  withoutCall,
  type CanceledBy,
} from '../domain/calls/bookings.ts';
import type { Call } from '../domain/calls/call.ts';
import { returnCredit, spend, type CreditMove } from '../domain/credits/ledger.ts';
import { addDays, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import { toBoth } from './call-emails.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `only`: as long as it is with this expert at this time, and was not moved meanwhile. */
export type CancelCallInput = {
  callId: string;
  by: CanceledBy;
  only?: { expertId: string; startsAt: Instant };
};

/**
 * Cancels a call. Its credit returns if the site cancels, or the booker 24 h or more before; else
 * it is spent [R19.5].
 */
export const cancelCall: Verb<CancelCallInput> = {
  name: 'cancel-call',

  forbids: () => null,

  rejects(state, { callId, by, only }, { now }) {
    const call = findCall(state, callId);
    if (!call || call.outcome) return noSuchCall(call);
    if (only && (only.expertId !== call.expertId || only.startsAt !== call.startsAt))
      return { code: 'call_over', detail: 'It has been moved meanwhile.' };
    if (by === 'site' || now < call.startsAt) return null;
    return { code: 'too_late', at: call.startsAt, detail: `It has begun at ${call.startsAt}.` };
  },

  effect: (state, input, context) => ({
    ...withoutCall(state, input.callId),
    credits: moved(state, input, context)?.credits ?? state.credits,
  }),

  ledger: (state, input, context) => moved(state, input, context)?.entries ?? [],

  reports(state, input, context) {
    const call = findCall(state, input.callId);
    const data = { ...(call && withdrawnData(call)), by: input.by, credit: creditAfter(state, input, context) };
    return { entry: 'call.canceled', data, emails: toBoth('call-canceled', 'expert-call-canceled', data) };
  },
};

export const noSuchCall = (call: Call | undefined): Refusal => ({
  code: 'call_over',
  detail: call ? 'It has ended already.' : 'It is not booked any more.',
});

function moved(state: PurchaseState, { callId, by }: CancelCallInput, { now }: VerbContext): CreditMove | null {
  const call = findCall(state, callId);
  if (!call || !state.credits) return null;
  if (by === 'site') return returnCredit(state.credits, callId, now, addDays(now, RETURNED_DAYS));
  return now <= noticeEndsAt(call) ? returnCredit(state.credits, callId, now) : spend(state.credits, callId, now);
}

/** What becomes of the credit, as people read it. */
export type CreditFate = 'returned' | 'spent' | 'expired' | 'none';

function creditAfter(state: PurchaseState, input: CancelCallInput, context: VerbContext): CreditFate {
  const kinds = moved(state, input, context)?.entries.map(({ kind }) => kind) ?? [];
  return (['expired', 'spent', 'returned'] as const).find((kind) => kinds.includes(kind)) ?? 'none';
}
