import { CHARGES_IN_7_YEARS } from './monthly.ts';
import type { OfferTerms } from './offer.ts';
import { isOpenEnded, type Price } from './price.ts';
import type { SelfChange } from './settings.ts';

type Recurring = Extract<Price, { kind: 'subscription' }>;

/**
 * Whether it costs more by the month: 10 a month is more than 100 a year. A trial and a setup fee
 * do not count, since a change brings neither [R27.4].
 */
export const isUpgrade = (from: Recurring, to: Recurring): boolean => costOf(to) > costOf(from);

const costOf = ({ amountMinor, interval }: Recurring): number => amountMinor * CHARGES_IN_7_YEARS[interval];

/**
 * When a customer's own change to an offer takes effect: an upgrade at once, anything else with the
 * end of the period; null = the site does not let them [R26.4].
 */
export function selfChangeTo(from: OfferTerms, to: OfferTerms, allowed: SelfChange): 'now' | 'period_end' | null {
  if (from.group == null || to.group !== from.group || to.offerId === from.offerId) return null;
  if (!isOpenEnded(from.price) || !isOpenEnded(to.price) || to.price.currency !== from.price.currency) return null;
  const when = isUpgrade(from.price, to.price) ? 'now' : 'period_end';
  return allowed === 'all' || (allowed === 'upgrades' && when === 'now') ? when : null;
}
