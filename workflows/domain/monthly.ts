import { discountsOf } from './billing-parts.ts';
import { billingStatus } from './billing.ts';
import type { Interval } from './calendar.ts';
import { perPeriod } from './charges.ts';
import { lessened } from './discount.ts';
import type { Money } from './money.ts';
import { isOpenEnded } from './price.ts';
import type { PurchaseState } from './purchase.ts';

/** How often each is charged in 7 years of 365 days, which makes them whole numbers. */
export const CHARGES_IN_7_YEARS: Record<Interval, number> = { week: 365, month: 84, year: 7 };

/**
 * What a purchase brings a month, whatever its interval, less the discounts that recur; null where
 * nothing is charged on and on: of instalments, in a trial, while paused, once it is over, and of a
 * second purchase that goes back. As Stripe and ChartMogul define monthly recurring revenue.
 */
export function monthlyRevenue(state: PurchaseState): Money | null {
  const { billing, terms, startedAt, duplicateOf } = state;
  const status = billingStatus(billing);
  const [price, sold] = [perPeriod(state), terms.price];
  if (startedAt === null || duplicateOf !== null || !price || !isOpenEnded(sold)) return null;
  if (status !== 'active' && status !== 'past_due') return null;
  const charged = lessened(
    price,
    discountsOf(billing).filter(({ duration }) => duration !== 'once'),
  );
  const perMonth = CHARGES_IN_7_YEARS[sold.interval] / CHARGES_IN_7_YEARS.month;
  return { amountMinor: Math.round(charged * perMonth), currency: price.currency };
}
