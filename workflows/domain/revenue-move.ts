import type { Instant } from './instant.ts';
import type { Money } from './money.ts';

/** What a purchase brings a month from an instant on; null = nothing that recurs. */
export type RevenueStep = { at: Instant; revenue: Money | null };

/**
 * How monthly recurring revenue moves, in minor units; `subscriptions`: how many more are paid for
 * since then, none at all where the price alone has changed.
 */
export type RevenueMove = { at: Instant; currency: string; changeMinor: number; subscriptions: -1 | 0 | 1 };

/** What several steps come to, in their order; one that changes nothing is left out. */
export const revenueMoves = (before: Money | null, steps: readonly RevenueStep[]): RevenueMove[] =>
  steps.flatMap(({ at, revenue }, index) => movesTo(at, index === 0 ? before : steps[index - 1]!.revenue, revenue));

function movesTo(at: Instant, before: Money | null, after: Money | null): RevenueMove[] {
  if (before && after && before.currency === after.currency) {
    const changeMinor = after.amountMinor - before.amountMinor;
    return changeMinor === 0 ? [] : [{ at, currency: after.currency, changeMinor, subscriptions: 0 }];
  }
  const left = before && {
    at,
    currency: before.currency,
    changeMinor: -before.amountMinor,
    subscriptions: -1 as const,
  };
  const come = after && { at, currency: after.currency, changeMinor: after.amountMinor, subscriptions: 1 as const };
  return [left, come].filter((move) => move !== null);
}
