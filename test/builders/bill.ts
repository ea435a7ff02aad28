import type { Bill, TaxLine } from '../../workflows/domain/receipt-figures.ts';

/** What Stripe says of a payment of $29.00 by a Visa card, without discount and tax. */
export const aBill = (given: Partial<Bill> = {}): Bill => ({
  stripeNumber: 'ABCD-0001',
  currency: 'usd',
  buyer: { name: 'Ada Lovelace', email: 'ada@example.com', address: ['Mill Lane 5', 'London'], taxIds: [] },
  card: { brand: 'visa', last4: '4242' },
  lines: [{ what: '1 × Studio (at $29.00 / month)', quantity: 1, amountMinor: 2_900, period: null }],
  discountMinor: 0,
  taxes: [],
  totalMinor: 2_900,
  paidMinor: 2_900,
  ...given,
});

/** A value added tax of 20 percent on top, unless said otherwise. */
export const aTax = (given: Partial<TaxLine> = {}): TaxLine => ({
  name: 'VAT',
  percent: 20,
  isInclusive: false,
  amountMinor: 580,
  ...given,
});
