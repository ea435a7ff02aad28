import { endOf } from './billing-parts.ts';
import type { Instant } from './instant.ts';
import { monthlyRevenue } from './monthly.ts';
import type { PurchaseState } from './purchase.ts';
import { revenueMoves, type RevenueMove, type RevenueStep } from './revenue-move.ts';
import { trialCourse } from './trial.ts';

/**
 * What the movements of a purchase lack of what it brings now, as of its beginning; of one that has
 * none (null), what can be told from where it stands. `moved`: their sums by currency.
 */
export function missingMoves(state: PurchaseState, moved: Readonly<Record<string, number>> | null): RevenueMove[] {
  const at = trialCourse(state)?.endsAt ?? state.startedAt;
  if (at === null) return [];
  if (moved === null) return revenueMoves(null, lifeFrom(state, at));
  const now = monthlyRevenue(state);
  return Object.entries({ ...(now && { [now.currency]: 0 }), ...moved }).flatMap(([currency, minor]) => {
    const changeMinor = (now?.currency === currency ? now.amountMinor : 0) - minor;
    return changeMinor === 0 ? [] : [{ at, currency, changeMinor, subscriptions: changeMinor > 0 ? 1 : -1 }];
  });
}

/** At the price of today, from its beginning to its end, or to the pause that it is in. */
function lifeFrom(state: PurchaseState, at: Instant): RevenueStep[] {
  const { billing } = state;
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return [];
    case 'subscription': {
      const stop = endOf(billing)?.at ?? billing.pause?.since ?? null;
      if (stop !== null && stop <= at) return [];
      const running = monthlyRevenue({ ...state, billing: { ...billing, phase: 'active', ended: null, pause: null } });
      const begun = { at, revenue: billing.phase === 'trialing' && !stop ? null : running };
      return stop === null ? [begun] : [begun, { at: stop, revenue: null }];
    }
  }
}
