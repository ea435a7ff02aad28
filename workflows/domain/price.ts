import type { Interval } from './calendar.ts';

/** What an offer asks for [R4.2]. `free` is never charged; `setupFeeMinor` 0 and `trialDays` 0 mean none. */
export type Price =
  | { kind: 'free' }
  | {
      kind: 'subscription';
      amountMinor: number;
      currency: string;
      interval: Interval;
      trialDays: number;
      setupFeeMinor: number;
    };
