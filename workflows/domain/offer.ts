import type { CreditRule } from './credits/rule.ts';
import type { Instant } from './instant.ts';
import type { Price } from './price.ts';
import type { Quotas } from './quotas.ts';

/**
 * The offer as it was when it was bought or granted; later edits of the offer do not reach the
 * purchase.
 */
export type OfferTerms = {
  offerId: string;
  productIds: string[];
  price: Price;
  /** 0 = no refund window [R4.3]. */
  refundWindowDays: number;
  /** Days of access from its start; null = no end. */
  accessDays: number | null;
  /** null = access starts with the purchase. */
  accessStartsAt: Instant | null;
  /** Purchase emails that this offer does not send [R4.3]. */
  emailsOff: string[];
  /**
   * One of these offers must be live for it; absent in what was sold before offers said so, as are
   * the next [R4.7].
   */
  requires?: string[];
  /** A contact has one live purchase of a group; null = it belongs to none. */
  group?: string | null;
  /** How its customers cancel: by themselves, or by a request that an admin carries out [R9.5]. */
  cancelBy?: CancelBy;
  /** What is bought once may be bought again while it gives access [R27.7]. */
  repeatable?: boolean;
  /** The call credits that it gives; null = none [R19.3]. */
  credits?: CreditRule | null;
  /** Whether its customers may book seats in office hours [R19.6]. */
  officeHours?: boolean;
  /** How many of each the account that it is for may have [R18.2]; absent = any number. */
  quotas?: Quotas;
  /** What that account may use besides [R18.4]. */
  features?: string[];
  /** Multiplies the quotas that the account's other purchases give; null = it leaves them. */
  quotaFactor?: number | null;
};

export const CANCEL_WAYS = ['self', 'request'] as const;
export type CancelBy = (typeof CANCEL_WAYS)[number];

/**
 * A change to an offer with less room than its account uses: nothing of it is at Stripe until it is
 * confirmed what stays, and with the end of each period it waits for the next one [R18.2].
 */
export type HeldChange = { at: Instant; askedAt: Instant; terms: OfferTerms };

/**
 * A change of offer that a schedule at Stripe makes at `at`, the end of a period [R26.1];
 * `isOwn`: its customer asked for it, and may take it back.
 */
export type PendingChange = {
  at: Instant;
  askedAt: Instant;
  isOwn?: boolean | undefined;
  terms: OfferTerms;
  /** null = it was not made yet when this was asked for: what is charged then names its offer. */
  priceId: string | null;
  /** Those on it that end then, by Stripe's ids; absent = none. */
  endedDiscounts?: string[] | undefined;
};
