import { isLive } from '../domain/billing.ts';
import { hasEndedAccess } from '../domain/billing-parts.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { carriesUntil, hasLost } from '../domain/requirement.ts';
import { cancelWrites, endNow } from './cancel.ts';
import { both, type Verb } from './verb.ts';

/** The purchase that it required, which has ended; null = it satisfies it no more. */
export type EndDependentInput = { requiredId: string | null };

/**
 * Ends what requires another purchase with that purchase, or where that becomes an offer that is
 * not required; at the same instant and without a refund, unless another one satisfies it as well
 * [R27.6].
 */
export const endDependent: Verb<EndDependentInput> = {
  name: 'end-dependent',

  forbids(state, now) {
    const until = carriesUntil(state);
    return !isLive(state.billing) && until !== null && until <= now ? 'It has ended already.' : null;
  },

  rejects: (state, _input, { now, requirement }) =>
    hasLost(state, requirement, now)
      ? null
      : { code: 'unchanged', detail: 'Another purchase satisfies what this one requires.' },

  writes: (state) => (isLive(state.billing) ? cancelWrites(state, { when: 'now', cancelAt: null }) : []),

  effect: (state, _input, context) => withoutAccess(endNow(state, 'requirement_ended', context), context.now),

  reports: (_state, { requiredId }, { now }) => {
    const data = { endedAt: now, cause: 'requirement_ended' };
    return {
      entry: 'purchase.canceled',
      data: { ...data, requiredId },
      emails: both('purchase-canceled', 'admin-purchase-canceled', data),
    };
  },
};

/** Where no billing takes access along, its days are over: of a grant, or a plan that is paid. */
function withoutAccess(state: PurchaseState, now: Instant): PurchaseState {
  if (hasEndedAccess(state.billing) || !state.access) return state;
  return {
    ...state,
    access: { ...state.access, endsAt: now },
    reached: { ...state.reached, accessExpired: true },
  };
}
