import type { Obstacle } from '../domain/obstacle.ts';
import type { Instant } from '../domain/instant.ts';
import type { OfferTerms } from '../domain/offer.ts';
import type { Proration } from '../domain/writes.ts';
import type { ChangeQuote } from './change-money.ts';

/** What only Postgres and Stripe know of an offer; read when it is asked for. */
export type FoundOffer = {
  terms: OfferTerms;
  /** null = it has none at Stripe yet, which is away; it is made with the change. */
  priceId: string | null;
  isArchived: boolean;
  /** The discounts on it that do not hold for this offer, by Stripe's ids; absent = none. */
  endedDiscounts?: string[] | undefined;
  /** What of the contact's other purchases is in the way; null = nothing is. */
  obstacle: Obstacle['kind'] | null;
  /** The account uses more than this offer has room for, and nobody has confirmed what stays. */
  awaitsContent?: true | undefined;
  /** In whole seconds: by this instant Stripe prorates. */
  asOf: Instant;
  /** null where nothing is invoiced at once, or Stripe is away. */
  quote: ChangeQuote | null;
};

/** Without `found`: the account has no such offer. */
export type ChangeOfferInput = {
  offerId: string;
  when: 'now' | 'period_end';
  proration: Proration;
  found?: FoundOffer | undefined;
};
