import type { SubscriptionBilling } from './billing.ts';
import type { Overdue } from './overdue.ts';

// What a card that takes the place of another one means for what is overdue [R11.5].

/** Whether an open invoice was last tried with something else than this, as far as is known. */
const wasTriedWithAnother = ({ methodId }: Overdue, before: SubscriptionBilling, now: string): boolean => {
  const tried = methodId === undefined ? before.methodId : methodId;
  return tried !== undefined && tried !== now;
};

/**
 * What is overdue is tried at once with this method, and was not yet: whoever says so first, the
 * customer's browser or Stripe's own event.
 */
export const isToBeTried = (before: SubscriptionBilling, overdue: readonly Overdue[], methodId: string): boolean =>
  overdue.some((one) => one.retriedWith !== methodId && wasTriedWithAnother(one, before, methodId));

/** Whether all that is overdue was tried with it already. */
export const isTried = (overdue: readonly Overdue[], methodId: string): boolean =>
  overdue.every(({ retriedWith }) => retriedWith === methodId);
