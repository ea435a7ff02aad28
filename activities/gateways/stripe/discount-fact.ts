import type Stripe from 'stripe';
import type { Discount, HeldDiscount } from '../../../workflows/domain/discount.ts';
import { fromUnixOrNull } from './instants.ts';
import { idOf, known } from './unreadable.ts';

/** Until 2025 there was one discount, and not a list of them. */
type OlderSubscription = { discount?: { id: string } | null };

/** What a subscription is expanded by, so that `discountsOf` can say what its discounts are. */
export const WITH_DISCOUNTS = ['discounts', 'discounts.source.coupon', 'discounts.promotion_code'];

export function discountIdsOf(subscription: Stripe.Subscription): string[] {
  const { discount } = subscription as OlderSubscription;
  return [...(subscription.discounts ?? []), ...(discount ? [discount] : [])].flatMap((one) => idOf(one) ?? []);
}

/** undefined = the object does not say what they are, but their ids at most. */
export function discountsOf(subscription: Stripe.Subscription): HeldDiscount[] | undefined {
  if (discountIdsOf(subscription).length === 0) return [];
  const held = (subscription.discounts ?? []).map(fromStripeDiscount);
  return held.length > 0 && held.every((one) => one !== null) ? held : undefined;
}

function fromStripeDiscount(discount: string | Stripe.Discount): HeldDiscount | null {
  if (typeof discount === 'string') return null;
  const { id, source, promotion_code: promotion, end } = discount;
  const coupon = source?.coupon;
  if (!coupon || typeof coupon === 'string' || typeof promotion === 'string') return null;
  return {
    ...fromStripeCoupon(coupon),
    discountId: id,
    code: promotion?.metadata?.code ?? promotion?.code ?? null,
    promotionCodeId: promotion?.metadata?.promotionCodeId ?? null,
    endsAt: fromUnixOrNull(end),
  };
}

const DURATIONS = ['once', 'forever', 'repeating'] as const;

function fromStripeCoupon({
  id,
  percent_off,
  amount_off,
  currency,
  duration,
  duration_in_months,
}: Stripe.Coupon): Discount {
  const lasts = known(DURATIONS, duration, 'duration', id);
  return {
    percentOff: percent_off,
    amountOffMinor: percent_off === null ? amount_off : null,
    currency: percent_off === null ? currency : null,
    duration: lasts === 'repeating' ? { months: duration_in_months ?? 0 } : lasts,
  };
}
