import { cancellationOf, endOf } from './billing-parts.ts';
import type { Instant } from './instant.ts';
import type { PurchaseState } from './purchase.ts';

/** A customer's wish that an admin decides on; it changes nothing by itself [R9.5]. */
export type CancellationRequest = { id: string; askedAt: Instant; refundWanted: boolean };

export const REQUEST_STATES = ['open', 'withdrawn', 'declined', 'carried_out', 'obsolete'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const asksByRequest = ({ terms }: PurchaseState): boolean => terms.cancelBy === 'request';

/** Whether there is nothing left to decide: it has ended, or is going to. */
export const isSettled = ({ billing }: PurchaseState): boolean =>
  endOf(billing) !== null || cancellationOf(billing) !== null;
