import type { Instant } from './instant.ts';
import type { Price } from './price.ts';

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
};
