import type { Instant } from './instant.ts';

/**
 * Until when what is charged next can be charged. `endsAt`: when the month is over that the card
 * says; null = it is no card, or says none. `noticeAt`: when the customer is to be told; absent =
 * they were, or it was over before it was known.
 */
export type CardExpiry = { methodId: string; endsAt: Instant | null; noticeAt?: Instant };
