import type { Purchase } from '../purchase/read-purchase.ts';

/** The currency of a purchase's money; null where it has none. */
export const currencyOf = ({ price }: Pick<Purchase, 'price'>): string | null =>
  price.kind === 'free' ? null : price.currency;
