import type { Discount, DiscountDuration } from '../../../workflows/domain/discount.ts';
import { moneyInWords } from '../parts/money.tsx';

/** What is taken off: `50% off`, `$5.00 off`. */
export const offInWords = ({ percentOff, amountOffMinor, currency }: Omit<Discount, 'duration'>): string =>
  percentOff !== null
    ? `${percentOff}% off`
    : `${moneyInWords({ amountMinor: amountOffMinor ?? 0, currency: currency ?? '' })} off`;

/** For how long: `once`, `for 3 months`, `forever`. */
export function durationInWords(duration: DiscountDuration): string {
  if (typeof duration === 'string') return duration;
  return duration.months === 1 ? 'for 1 month' : `for ${duration.months} months`;
}

export const discountInWords = (discount: Discount): string =>
  `${offInWords(discount)} ${durationInWords(discount.duration)}`;
