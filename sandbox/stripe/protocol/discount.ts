import { stepOf, sum } from './money.ts';

interface Off {
  percent_off: number | null;
  amount_off: number | null;
}

/** What each coupon takes off an amount, one after the other; nothing falls below zero. */
export function takenOff(amount: number, currency: string, coupons: readonly Off[]): number[] {
  let left = amount;
  return coupons.map((coupon) => {
    const off = coupon.percent_off === null ? flat(left, coupon) : percent(left, coupon.percent_off, stepOf(currency));
    left -= off;
    return off;
  });
}

const flat = (left: number, { amount_off }: Off): number => Math.min(amount_off ?? 0, Math.max(left, 0));

/** Rounded half up to what the currency can charge. */
function percent(amount: number, off: number, step: number): number {
  const part = (Math.abs(amount) * Math.round(off * 100)) / (10_000 * step);
  return Math.sign(amount) * Math.round(part) * step;
}

/** A sum spread over amounts by their size; what rounding leaves is on the last of them. */
export function spread(whole: number, amounts: readonly number[]): number[] {
  const total = sum(amounts);
  let left = whole;
  return amounts.map((amount, index) => {
    const part = index === amounts.length - 1 || total === 0 ? left : Math.round((whole * amount) / total);
    left -= part;
    return part;
  });
}
