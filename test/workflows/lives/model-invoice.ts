import type { Interval } from '../../../workflows/domain/calendar.ts';
import { holdingAt, lessened, type Discount, type HeldDiscount } from '../../../workflows/domain/discount.ts';
import { addMonths } from '../../../workflows/domain/calendar.ts';
import { toMs, type Instant } from '../../../workflows/domain/instant.ts';

/** A price at Stripe, which one offer is sold at. */
export type ModelPrice = { priceId: string; amountMinor: number; interval: Interval };

export const CURRENCY = 'usd';

export type Span = { from: Instant; to: Instant };

/** By the second, rounded half up, as Stripe does. */
export function partOf(amountMinor: number, part: Span, whole: Span): number {
  const ms = ({ from, to }: Span) => toMs(to) - toMs(from);
  return Math.floor((amountMinor * ms(part)) / ms(whole) + 0.5);
}

/** What lies on a subscription from its checkout on. */
export function putOn(discount: Discount | null, at: Instant): HeldDiscount[] {
  if (discount === null) return [];
  const { duration } = discount;
  const endsAt = typeof duration === 'object' ? addMonths(at, duration.months) : null;
  return [{ ...discount, discountId: 'di_1', code: 'SPRING', promotionCodeId: 'code-1', endsAt }];
}

/** What an invoice comes to, and the discounts that are left after it. */
export function lessen(amountMinor: number, discounts: HeldDiscount[], at: Instant) {
  const holding = holdingAt(discounts, at, true);
  const totalMinor = amountMinor > 0 ? lessened({ amountMinor, currency: CURRENCY }, holding) : amountMinor;
  const isUsed = totalMinor < amountMinor;
  const left = discounts.filter(
    ({ duration, endsAt }) => !(duration === 'once' && isUsed) && (endsAt === null || at < endsAt),
  );
  return { totalMinor, left };
}
