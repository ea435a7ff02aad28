import { isLive, type SubscriptionBilling } from '../domain/billing.ts';
import type { PurchaseState } from '../domain/purchase.ts';

/**
 * The subscription of a purchase whose verb was found legal. @throws Error where there is none,
 * which would be a bug
 */
export function subscriptionOf({ billing }: PurchaseState): SubscriptionBilling & { subscriptionId: string } {
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      throw new Error('this purchase has no subscription');
    case 'subscription':
      if (!billing.subscriptionId) throw new Error('this purchase has no subscription yet');
      return { ...billing, subscriptionId: billing.subscriptionId };
  }
}

/**
 * Changes billing that is live. If it has ended while the verb was on its way to Stripe, it stays
 * as it ended [R8.2].
 */
export const withLiveBilling: typeof withBilling = (state, change) =>
  isLive(state.billing) ? withBilling(state, change) : state;

/** Changes the billing of a subscription and leaves every other as it is. */
export function withBilling(
  state: PurchaseState,
  change: (billing: SubscriptionBilling) => Partial<SubscriptionBilling>,
): PurchaseState {
  const { billing } = state;
  switch (billing.kind) {
    case 'none':
    case 'one_time':
      return state;
    case 'subscription':
      return { ...state, billing: { ...billing, ...change(billing) } };
  }
}
