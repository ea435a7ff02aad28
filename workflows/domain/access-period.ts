import { addDays, type Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';
import type { AccessPeriod } from './purchase.ts';

/** Access of an offer from `startsAt` on: [startsAt, startsAt + days of access). */
export const accessFrom = (startsAt: Instant, terms: OfferTerms): AccessPeriod => ({
  startsAt,
  endsAt: terms.accessDays === null ? null : addDays(startsAt, terms.accessDays),
});
