import type { Interval } from './calendar.ts';
import { lessened, type Discount } from './discount.ts';
import { sumMinor, type Money } from './money.ts';

/**
 * What an offer asks for [R4.2]. `free` is never charged; `setupFeeMinor` 0 and `trialDays` 0 mean
 * none.
 */
export type Price =
  | { kind: 'free' }
  | { kind: 'one_time'; amountMinor: number; currency: string }
  | {
      kind: 'subscription';
      amountMinor: number;
      currency: string;
      interval: Interval;
      trialDays: number;
      setupFeeMinor: number;
    }
  /** `amountMinor` is one of the monthly instalments, of which the first is charged at once. */
  | { kind: 'payment_plan'; amountMinor: number; currency: string; instalments: number };

/** A price of which something is charged at some time. */
export type ChargedPrice = Exclude<Price, { kind: 'free' }>;

/** Whether buying it goes through a checkout at Stripe. */
export function isCharged(price: Price): price is ChargedPrice {
  switch (price.kind) {
    case 'free':
      return false;
    case 'one_time':
    case 'subscription':
    case 'payment_plan':
      return true;
  }
}

/** Charged until somebody ends it: only from one such to another an offer is changed [R26.3]. */
export function isOpenEnded(price: Price): price is Extract<Price, { kind: 'subscription' }> {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'payment_plan':
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
    case 'one_time':
    case 'subscription':
    case 'payment_plan':
      return price.currency;
  }
}

/** What each period is charged, as it was sold; null where nothing recurs. */
export function soldPerPeriod(price: Price): Money | null {
  switch (price.kind) {
    case 'free':
    case 'one_time':
      return null;
    case 'subscription':
    case 'payment_plan':
      return { amountMinor: price.amountMinor, currency: price.currency };
  }
}

/** null where nothing recurs. */
export function intervalOf(price: Price): Interval | null {
  switch (price.kind) {
    case 'free':
    case 'one_time':
      return null;
    case 'subscription':
      return price.interval;
    case 'payment_plan':
      return 'month';
  }
}

/** What is paid once and for all; null where something recurs, or nothing is charged. */
export function paidOnce(price: Price): Money | null {
  switch (price.kind) {
    case 'free':
    case 'subscription':
    case 'payment_plan':
      return null;
    case 'one_time':
      return { amountMinor: price.amountMinor, currency: price.currency };
  }
}

/** Days before the first regular charge; 0 = none. */
export function trialDaysOf(price: Price): number {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'payment_plan':
      return 0;
    case 'subscription':
      return price.trialDays;
  }
}

/** As it is sold to whoever has had the trial [R4.5]. */
export function withoutTrial(price: Price): Price {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'payment_plan':
      return price;
    case 'subscription':
      return { ...price, trialDays: 0 };
  }
}

/** What is charged once beside what recurs; 0 = nothing. */
export function setupFeeMinorOf(price: Price): number {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'payment_plan':
      return 0;
    case 'subscription':
      return price.setupFeeMinor;
  }
}

/**
 * What is charged at once: the setup fee, and the first period unless a trial comes before it, less
 * what a code takes off; null = nothing.
 */
export function chargedAtOnce(price: Price, discounts: readonly Discount[] = []): Money | null {
  const full = atOnceInFull(price);
  const dueMinor = full === null ? 0 : lessened(full, discounts);
  return full !== null && dueMinor > 0 ? { amountMinor: dueMinor, currency: full.currency } : null;
}

function atOnceInFull(price: Price): Money | null {
  switch (price.kind) {
    case 'free':
      return null;
    case 'one_time':
      return paidOnce(price);
    case 'subscription': {
      const { amountMinor, currency, trialDays, setupFeeMinor } = price;
      return { amountMinor: setupFeeMinor + (trialDays > 0 ? 0 : amountMinor), currency };
    }
    case 'payment_plan':
      return { amountMinor: price.amountMinor, currency: price.currency };
  }
}

/** What a plan's instalments come to in all, each less what a code takes off it [R27.5]. */
export function instalmentsInAll(
  { amountMinor, currency, instalments }: Extract<Price, { kind: 'payment_plan' }>,
  discounts: readonly Discount[],
): Money {
  const holds = ({ duration }: Discount, index: number) =>
    duration === 'forever' || index < (duration === 'once' ? 1 : duration.months);
  const amounts = Array.from({ length: instalments }, (_, index) =>
    lessened(
      { amountMinor, currency },
      discounts.filter((discount) => holds(discount, index)),
    ),
  );
  return { amountMinor: sumMinor(amounts), currency };
}

/** After how many paid instalments it is complete; null = it is no plan. */
export function instalmentsSold(price: Price): number | null {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'subscription':
      return null;
    case 'payment_plan':
      return price.instalments;
  }
}

/** For how many years its offer gives call credits [R27.1]. */
export function yearsOfCredits(price: Price): number {
  switch (price.kind) {
    case 'free':
    case 'subscription':
      return Infinity;
    case 'one_time':
    case 'payment_plan':
      return 1;
  }
}

/** As it goes on once it has begun: trial and setup fee are for the beginning alone [R27.4]. */
export function onceBegun(price: Price): Price {
  switch (price.kind) {
    case 'free':
    case 'one_time':
    case 'payment_plan':
      return price;
    case 'subscription':
      return { ...price, trialDays: 0, setupFeeMinor: 0 };
  }
}
