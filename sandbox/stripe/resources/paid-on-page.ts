import type { z } from 'zod';
import { redeemable } from '../billing/discounts.ts';
import type { Books } from '../data/books.ts';
import type { CheckoutSession, SessionLine } from '../data/docs.ts';
import { spread, takenOff } from '../protocol/discount.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { sum } from '../protocol/money.ts';
import type { create } from './checkout-session-params.ts';

type Create = z.output<typeof create>;

/** What is paid on the page of a session, before and after its discount. */
export type PaidOnPage = Pick<CheckoutSession, 'discounts'> & {
  lines: SessionLine[];
  amountNow: number;
  amountOff: number;
};

/** One-off lines, and the first period unless a trial comes first, less one discount. */
export function paidOnPage(books: Books, params: Create, lines: SessionLine[]): PaidOnPage {
  const trial = params.subscription_data?.trial_period_days ?? params.subscription_data?.trial_end;
  const now = lines.filter(({ price }) => !(price.recurring && trial));
  const amounts = now.map(({ amount_total }) => amount_total);
  const amountNow = sum(amounts);
  const amountOff = offOf(books, params, { amountNow, currency: lines[0]?.currency ?? '' });
  const parts = spread(amountOff, amounts);
  const lessened = lines.map((line) => {
    const part = now.includes(line) ? (parts[now.indexOf(line)] ?? 0) : 0;
    return { ...line, amount_discount: part, amount_total: line.amount_total - part };
  });
  const discounts = (params.discounts ?? []).map(({ coupon = null, promotion_code = null }) => ({
    coupon,
    promotion_code,
  }));
  return { lines: lessened, amountNow, amountOff, discounts };
}

/** One discount at most, as at Stripe. */
function offOf(books: Books, params: Create, paid: { amountNow: number; currency: string }): number {
  const [named, second] = params.discounts ?? [];
  if (!named) return 0;
  if (second) throw invalidRequest('You can only pass one discount.', 'discounts');
  if (params.mode === 'setup') throw invalidRequest('`discounts` are not allowed in `setup` mode.', 'discounts');
  const redeemer = { customer: params.customer ?? null, currency: paid.currency };
  const { coupon } = redeemable(books, named, redeemer, 'discounts[0]');
  return takenOff(paid.amountNow, paid.currency, [coupon])[0] ?? 0;
}
