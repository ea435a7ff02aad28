import type { Interval } from './calendar.ts';
import type { Money } from './money.ts';

/**
 * What an offer asks for [R4.2]. `free` is never charged; `setupFeeMinor` 0 and `trialDays` 0 mean
 * none.
 */
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

/** A price of which something is charged at some time. */
export type ChargedPrice = Exclude<Price, { kind: 'free' }>;

/** Whether buying it goes through a checkout at Stripe. */
export function isCharged(price: Price): price is ChargedPrice {
  switch (price.kind) {
    case 'free':
      return false;
    case 'subscription':
      return true;
  }
}

/** null = it has none. */
export function currencyOf(price: Price): string | null {
  switch (price.kind) {
    case 'free':
      return null;
    case 'subscription':
      return price.currency;
  }
}

/** What each period is charged, as it was sold; null where nothing recurs. */
export function soldPerPeriod(price: Price): Money | null {
  switch (price.kind) {
    case 'free':
      return null;
    case 'subscription':
      return { amountMinor: price.amountMinor, currency: price.currency };
  }
}

/** null where nothing recurs. */
export function intervalOf(price: Price): Interval | null {
  switch (price.kind) {
    case 'free':
      return null;
    case 'subscription':
      return price.interval;
  }
}

/**
 * What is charged at once: the setup fee, and the first period unless a trial comes before it; null
 * = nothing.
 */
export function chargedAtOnce(price: Price): Money | null {
  switch (price.kind) {
    case 'free':
      return null;
    case 'subscription': {
      const { amountMinor, currency, trialDays, setupFeeMinor } = price;
      const dueMinor = setupFeeMinor + (trialDays > 0 ? 0 : amountMinor);
      return dueMinor > 0 ? { amountMinor: dueMinor, currency } : null;
    }
  }
}
