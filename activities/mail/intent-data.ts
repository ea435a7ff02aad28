import type { Money } from '../../workflows/domain/money.ts';
import type { EntryData } from '../../workflows/domain/outcome.ts';
import { currencyOf } from '../../workflows/domain/price.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';

/** The text that an email's data has under `field`, if it has one. */
export function textOf(data: EntryData | undefined, field: string): string | null {
  const value = data?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The number that an email's data has under `field`, if it has one. */
export function numberOf(data: EntryData, field: string): number | null {
  const value = data[field];
  return typeof value === 'number' ? value : null;
}

/**
 * The amount of an email's data. Its currency may be left out where nothing was paid: then it is
 * the offer's.
 */
export function moneyOf(data: EntryData, { terms }: PurchaseState): Money {
  const { amountMinor } = data;
  const currency = textOf(data, 'currency') ?? currencyOf(terms.price);
  if (currency === null) throw new Error('an amount whose currency nobody names');
  return { amountMinor: typeof amountMinor === 'number' ? amountMinor : 0, currency };
}
