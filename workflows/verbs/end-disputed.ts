import { isBarring } from '../domain/dispute-course.ts';
import { disputesOf } from '../domain/dispute-access.ts';
import { cancel, cancelMoney, cancelWrites } from './cancel.ts';
import type { Verb } from './verb.ts';

export type EndDisputedInput = { disputeId: string };

const NOW = { when: 'now', cancelAt: null } as const;

/**
 * Ends billing and access because a payment is disputed, as the account has chosen; final, whatever
 * becomes of the dispute [R10.5].
 */
export const endDisputed: Verb<EndDisputedInput> = {
  name: 'end-disputed',

  forbids: (state, now) => cancel.forbids(state, now),

  rejects: (state, { disputeId }) =>
    disputesOf(state).some((dispute) => dispute.disputeId === disputeId && isBarring(dispute))
      ? null
      : { code: 'unchanged', detail: 'The payment is disputed no more.' },

  writes: (state) => cancelWrites(state, NOW),

  effect: (state, _input, context) => cancel.effect(state, NOW, context),

  money: (state, _input, context) => cancelMoney(state, NOW, context),

  reports(state, { disputeId }, context) {
    const reported = cancel.reports(state, NOW, context);
    return { ...reported, data: { ...reported.data, disputeId } };
  },
};
