import { billingStatus } from './billing.ts';
import type { Interval } from './calendar.ts';
import { afterDiscounts, perPeriod } from './charges.ts';
import type { Instant } from './instant.ts';
import type { Money } from './money.ts';
import { isOpenEnded } from './price.ts';
import type { PurchaseState } from './purchase.ts';

/** How often each is charged in 7 years of 365 days, which makes them whole numbers. */
export const CHARGES_IN_7_YEARS: Record<Interval, number> = { week: 365, month: 84, year: 7 };

/**
 * What a purchase brings a month at `at`, after the discounts that hold then, whatever its
 * interval; null where nothing is charged on and on: of instalments, in a trial, while paused, and
 * once it is over.
 */
export function monthlyRevenue(state: PurchaseState, at: Instant): Money | null {
  const status = billingStatus(state.billing);
  const [price, sold] = [perPeriod(state), state.terms.price];
  if (!price || !isOpenEnded(sold) || (status !== 'active' && status !== 'past_due')) return null;
  const charged = afterDiscounts(state, price, at, true);
  const perMonth = CHARGES_IN_7_YEARS[sold.interval] / CHARGES_IN_7_YEARS.month;
  return { amountMinor: Math.round(charged * perMonth), currency: price.currency };
}
