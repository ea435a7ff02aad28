import { discountsOf } from './billing-parts.ts';
import type { SubscriptionBilling } from './billing.ts';
import { addMonths } from './calendar.ts';
import type { HeldDiscount } from './discount.ts';
import type { Fact, SubscriptionFact } from './facts.ts';
import type { Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/**
 * The discounts on a subscription by a fact about it. An event names them by their ids alone:
 * those known already stay, and the first is that of the code with which it was bought.
 */
export function heldDiscounts(
  state: PurchaseState,
  { object }: Fact & { object: SubscriptionFact },
): Pick<SubscriptionBilling, 'discounts'> {
  const known = discountsOf(state.billing);
  const said = object.discounts ?? named(state, known, object);
  if (said === null || (said.length === 0 && known.length === 0)) return {};
  return { discounts: said };
}

/**
 * Stripe has to be read to know what an event names. What has not begun cannot be read; its next
 * event asks again.
 */
export const isDiscountUnknown = (state: PurchaseState, object: SubscriptionFact): boolean =>
  state.startedAt !== null &&
  object.discountIds !== undefined &&
  object.discounts === undefined &&
  named(state, discountsOf(state.billing), object) === null;

/** null = not all of them are known. */
function named(state: PurchaseState, known: HeldDiscount[], object: SubscriptionFact): HeldDiscount[] | null {
  const { discountIds, periodStart } = object;
  if (discountIds === undefined) return null;
  const first = state.startedAt === null ? ofItsCode(state, discountIds, periodStart) : [];
  const found = discountIds.map((id) => [...known, ...first].find(({ discountId }) => discountId === id));
  return found.every((one) => one !== undefined) ? found : null;
}

/** Before it has begun there is nothing on it but the code of its checkout. */
function ofItsCode({ promotion }: PurchaseState, discountIds: string[], since: Instant): HeldDiscount[] {
  const [discountId] = discountIds;
  if (!promotion || discountId === undefined) return [];
  const { duration } = promotion;
  return [
    { ...promotion, discountId, endsAt: typeof duration === 'object' ? addMonths(since, duration.months) : null },
  ];
}
