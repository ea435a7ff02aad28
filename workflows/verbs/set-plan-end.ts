import type { Instant } from '../domain/instant.ts';
import { stopWanted } from '../domain/plan-ahead.ts';
import { subscriptionOf, withLiveBilling } from './subscription-of.ts';
import type { Verb } from './verb.ts';

export type SetPlanEndInput = { at: Instant };

/**
 * Tells Stripe where a payment plan stops by itself: a safety stop behind the last instalment,
 * which completes it before. It is set anew whenever that moves, as by a pause [R7.2].
 */
export const setPlanEnd: Verb<SetPlanEndInput> = {
  name: 'set-plan-end',

  forbids: (state) => (stopWanted(state) === null ? 'No payment plan is running.' : null),

  rejects: (state, { at }) =>
    stopWanted(state) === at ? null : { code: 'unchanged', at, detail: 'The plan ends at another instant by now.' },

  writes: (state, { at }) => [{ op: 'stopAt', subscriptionId: subscriptionOf(state).subscriptionId, at }],

  effect: (state, { at }) =>
    withLiveBilling(state, ({ instalments }) => ({ instalments: instalments && { ...instalments, stopAt: at } })),

  reports: (_state, { at }) => ({ entry: 'purchase.plan-end-set', data: { endsAt: at }, emails: [] }),
};
