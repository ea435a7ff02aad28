import { isLive } from '../domain/billing.ts';
import { pendingChangeOf } from '../domain/billing-parts.ts';
import { subscriptionOf } from './subscription-of.ts';
import type { Verb } from './verb.ts';

/** A schedule that has made its change is let go, so that other verbs find a plain subscription. */
export const releaseChange: Verb<object> = {
  name: 'release-change',

  forbids: ({ billing }) =>
    isLive(billing) && !pendingChangeOf(billing) ? null : 'There is no schedule that has done its work.',

  writes: (state) => [{ op: 'releaseChange', subscriptionId: subscriptionOf(state).subscriptionId }],

  effect: (state) => state,

  reports: () => ({ entry: 'purchase.schedule-released', data: {}, emails: [] }),
};
