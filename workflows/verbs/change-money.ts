import type { Interval } from '../domain/calendar.ts';
import type { Instant } from '../domain/instant.ts';
import type { MoneyEffect } from '../domain/outcome.ts';
import type { OfferTerms } from '../domain/offer.ts';
import { intervalOf } from '../domain/price.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { chargesContinue } from './resume.ts';

/** Stripe's own figures for what a change invoices at once [R26.1], all of them 0 or more. */
export type ChangeQuote = {
  currency: string;
  /** What is left of the old offer's period. */
  creditedMinor: number;
  /** What the card is charged. */
  dueMinor: number;
  /** What is left on the customer's balance afterwards. */
  creditLeftMinor: number;
};

/** What a change invoices, and where it begins a new period; null = nowhere. */
type Changing = {
  quote: ChangeQuote | null;
  isInvoiced: boolean;
  anchor: Instant | null;
  terms: OfferTerms;
};

/** What a change of offer does to money, with Stripe's figures where there are any. */
export function changeMoney({ quote, isInvoiced, anchor, terms }: Changing, next: PurchaseState): MoneyEffect[] {
  const interval = intervalOf(terms.price);
  return [
    ...(isInvoiced ? invoiced(quote) : []),
    ...(anchor && interval ? [begins(anchor, interval)] : []),
    ...chargesContinue(next),
  ];
}

const begins = (at: Instant, interval: Interval): MoneyEffect => ({ kind: 'period_begins', at, interval });

function invoiced(quote: ChangeQuote | null): MoneyEffect[] {
  if (!quote) return [{ kind: 'charged_now' }];
  const { currency, creditedMinor, dueMinor, creditLeftMinor } = quote;
  const effects: MoneyEffect[] = [];
  if (creditedMinor > 0) effects.push({ kind: 'unused_credited', amountMinor: creditedMinor, currency });
  if (dueMinor > 0 || creditLeftMinor === 0) effects.push({ kind: 'charged_now', amountMinor: dueMinor, currency });
  if (creditLeftMinor > 0) effects.push({ kind: 'credit_left', amountMinor: creditLeftMinor, currency });
  return effects;
}
