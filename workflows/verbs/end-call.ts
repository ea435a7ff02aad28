import { callData, findCall, withCall } from '../domain/calls/bookings.ts';
import type { CallOutcome } from '../domain/calls/call.ts';
import { spend, type CreditMove } from '../domain/credits/ledger.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { noSuchCall } from './cancel-call.ts';
import type { Verb, VerbContext } from './verb.ts';

export type EndCallInput = { callId: string; outcome: CallOutcome };

/**
 * Says whether a call was held or its booker did not come; either way its credit is spent. What was
 * said, or came by itself at its end, can be put right for some days [R19.5].
 */
export const endCall: Verb<EndCallInput> = {
  name: 'end-call',

  forbids: () => null,

  rejects(state, { callId, outcome }, { now }) {
    const call = findCall(state, callId);
    if (!call) return noSuchCall(call);
    if (now < call.startsAt)
      return { code: 'wrong_state', at: call.startsAt, detail: `It begins only at ${call.startsAt}.` };
    return call.outcome === outcome ? { code: 'unchanged', detail: 'It is marked so already.' } : null;
  },

  effect: (state, input, context) => {
    const call = findCall(state, input.callId);
    if (!call) return state;
    const credits = moved(state, input, context)?.credits ?? state.credits;
    return { ...withCall(state, { ...call, outcome: input.outcome, reminders: [] }, context.now), credits };
  },

  ledger: (state, input, context) => moved(state, input, context)?.entries ?? [],

  reports(state, { callId, outcome }) {
    const call = findCall(state, callId);
    return {
      entry: outcome === 'held' ? 'call.held' : 'call.no-show',
      data: { ...(call && callData(call)) },
      emails: [],
    };
  },
};

const moved = ({ credits }: PurchaseState, { callId }: EndCallInput, { now }: VerbContext): CreditMove | null =>
  credits ? spend(credits, callId, now) : null;
