import { intervalOf } from '../price.ts';
import type { Instant } from '../instant.ts';
import type { OfferTerms } from '../offer.ts';
import { yearOf, type Credits } from './ledger.ts';
import { issueAt, yearAt, type CreditRule } from './rule.ts';

/** The offer that it is from `at` on, and its rule. */
type NewRule = { terms: OfferTerms; rule: CreditRule; at: Instant };

/**
 * Credits under the rule of another offer from `at` on. It runs on from the same anchor, and gives
 * no more in the running year than its own number less those issued in it [R27.3]. From a shorter
 * interval to a year, years are counted anew: at once all of a year less those issued in the one
 * that breaks off [R19.3].
 */
export function underRule(credits: Credits, from: OfferTerms, { terms, rule, at }: NewRule): Credits {
  const { anchor } = credits;
  if (anchor === null) return credits;
  const year = yearOf(credits, at);
  const left = Math.max(0, rule.perYear - year.issued);
  const isAnew = intervalOf(terms.price) === 'year' && intervalOf(from.price) !== 'year';
  if (isAnew)
    return { ...credits, anchor: at, next: rule.perYear - left, passedOver: [], year: { ...year, startsAt: at } };
  const yearsEnd = (yearAt(anchor, at) + 1) * rule.perYear;
  let next = yearsEnd - left;
  while (next < yearsEnd && issueAt(rule, anchor, next) < at) next += 1;
  // What the new rule would have issued before the change never comes.
  const never = rule.perYear - year.issued - (yearsEnd - next);
  return { ...credits, next, passedOver: [], year: { ...year, gone: year.gone + Math.max(0, never) } };
}
