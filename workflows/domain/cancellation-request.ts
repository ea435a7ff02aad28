import { cancellationOf, endOf } from './billing-parts.ts';
import type { Billing } from './billing.ts';
import type { Instant } from './instant.ts';
import type { OfferTerms } from './offer.ts';

/** A customer's wish that an admin decides on; it changes nothing by itself [R9.5]. */
export type CancellationRequest = { id: string; askedAt: Instant; refundWanted: boolean };

export const REQUEST_STATES = ['open', 'withdrawn', 'declined', 'carried_out', 'obsolete'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const asksByRequest = ({ terms }: { terms: OfferTerms }): boolean => terms.cancelBy === 'request';

/** Whether there is nothing left to decide: it has ended, or is going to. */
export const isSettled = ({ billing }: { billing: Billing }): boolean =>
  endOf(billing) !== null || cancellationOf(billing) !== null;
