import { stepOf } from './chargeable.ts';
import type { Instant } from './instant.ts';
import type { Money } from './money.ts';

/** For the next charge alone, for every charge, or for those of so many months from its start. */
export type DiscountDuration = 'once' | 'forever' | { months: number };

/** What is taken off a charge: a percentage, or an amount of one currency [R4.6]. */
export type Discount = {
  /** Up to two decimals. */
  percentOff: number | null;
  amountOffMinor: number | null;
  /** Of the amount; null = a percentage. */
  currency: string | null;
  duration: DiscountDuration;
};

/** A discount that lies on a subscription at Stripe. */
export type HeldDiscount = Discount & {
  discountId: string;
  /** null = it was put on at Stripe without a code. */
  code: string | null;
  /** Of a code of ours; null = Stripe's own. */
  promotionCodeId: string | null;
  /** It holds for charges before this; null = no date ends it. */
  endsAt: Instant | null;
};

/** The code with which something is bought: what was shown before paying. */
export type Promotion = Discount & { promotionCodeId: string; code: string };

/**
 * What a charge comes to; several discounts come one after the other, as at Stripe. An amount of
 * another currency takes nothing off, and nothing falls below zero.
 */
export const lessened = ({ amountMinor, currency }: Money, discounts: readonly Discount[]): number =>
  discounts.reduce((left, discount) => left - takenOff({ amountMinor: left, currency }, discount), amountMinor);

function takenOff({ amountMinor, currency }: Money, discount: Discount): number {
  if (discount.percentOff !== null) return percentOf(amountMinor, discount.percentOff, stepOf(currency));
  return discount.currency === currency ? Math.min(discount.amountOffMinor ?? 0, amountMinor) : 0;
}

/**
 * Rounded half up to what the currency can charge; in whole numbers, which no amount overflows.
 * @example percentOf(999, 50, 1) // 500
 */
function percentOf(amountMinor: number, percent: number, step: number): number {
  const hundredths = BigInt(Math.round(percent * 100));
  const whole = 10_000n * BigInt(step);
  return Number(((2n * BigInt(amountMinor) * hundredths + whole) / (2n * whole)) * BigInt(step));
}

export const withoutEnded = (held: readonly HeldDiscount[], ended: readonly string[] = []): HeldDiscount[] =>
  held.filter(({ discountId }) => !ended.includes(discountId));

/** Those that hold for the charge at an instant; `isNext` = no other charge comes before it. */
export const holdingAt = <Held extends Pick<HeldDiscount, 'duration' | 'endsAt'>>(
  discounts: readonly Held[],
  at: Instant,
  isNext: boolean,
): Held[] =>
  discounts.filter(({ duration, endsAt }) => (duration !== 'once' || isNext) && (endsAt === null || at < endsAt));
