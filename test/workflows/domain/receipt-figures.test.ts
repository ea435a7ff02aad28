import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentNumber, figuresOf, sellerOf, taxesOfPart } from '../../../workflows/domain/receipt-figures.ts';
import { sumMinor } from '../../../workflows/domain/money.ts';
import { aBill, aTax } from '../../builders/bill.ts';

const figuresAdd = (bill: Parameters<typeof figuresOf>[0]) => {
  const { subtotalMinor, discountMinor, added, otherMinor, totalMinor, balanceMinor, paidMinor } = figuresOf(bill);
  const addedMinor = sumMinor(added.map(({ amountMinor }) => amountMinor));
  expect(subtotalMinor - discountMinor + addedMinor + otherMinor).toBe(totalMinor);
  expect(totalMinor - balanceMinor).toBe(paidMinor);
};

describe('the figures of a receipt', () => {
  test('add up to what was paid: lines, discount, taxes on top, what the balance paid', () => {
    const lines = [4_900, 1_500].map((amountMinor) => ({ what: 'Studio', quantity: 1, amountMinor, period: null }));
    const taxes = [aTax({ amountMinor: 1_180, isInclusive: false })];
    const bill = aBill({ lines, discountMinor: 500, taxes, totalMinor: 7_080, paidMinor: 7_000 });

    expect(figuresOf(bill)).toEqual({
      subtotalMinor: 6_400,
      discountMinor: 500,
      added: taxes,
      included: [],
      otherMinor: 0,
      totalMinor: 7_080,
      balanceMinor: 80,
      paidMinor: 7_000,
    });
  });

  test('leave taxes that are included in the lines', () => {
    const taxes = [aTax({ amountMinor: 817, isInclusive: true })];

    expect(figuresOf(aBill({ taxes }))).toMatchObject({ added: [], included: taxes, otherMinor: 0, totalMinor: 2_900 });
  });

  test('add up whatever Stripe says', () => {
    const amount = fc.integer({ min: -100_000, max: 1_000_000 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (discountMinor, totalMinor, paidMinor, amountMinor) =>
        figuresAdd(aBill({ discountMinor, totalMinor, paidMinor, taxes: [aTax({ amountMinor })] })),
      ),
    );
  });
});

describe('the taxes of what is given back', () => {
  test('are its share, rounded to the minor unit', () => {
    const bill = aBill({ taxes: [aTax({ amountMinor: 483, isInclusive: true })] });

    const part = (beforeMinor: number, amountMinor: number) =>
      taxesOfPart(bill, { beforeMinor, amountMinor }).map((tax) => tax.amountMinor);

    expect([part(0, 1_000), part(1_000, 1_000), part(2_000, 900)]).toEqual([[167], [166], [150]]);
  });

  test('are exactly those of the payment once all of it is given back, in whatever parts', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 10 ** 12 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (amounts, rate) => {
        const totalMinor = sumMinor(amounts);
        const bill = aBill({ totalMinor, taxes: [aTax({ amountMinor: Math.floor(totalMinor * rate) })] });
        let beforeMinor = 0;
        const given = amounts.map((amountMinor) => {
          const [tax] = taxesOfPart(bill, { beforeMinor, amountMinor });
          beforeMinor += amountMinor;
          return tax!.amountMinor;
        });
        expect(sumMinor(given)).toBe(bill.taxes[0]!.amountMinor);
        expect(Math.min(...given)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('are none of what cost nothing', () => {
    expect(taxesOfPart(aBill({ totalMinor: 0 }), { beforeMinor: 0, amountMinor: 0 })).toEqual([]);
  });
});

test('receipts and credit notes are numbered with a letter of their own', () => {
  expect([documentNumber('receipt', 12), documentNumber('credit_note', 1_234_567)]).toEqual(['R-000012', 'C-1234567']);
});

test('an account sells as it has written down, else by its own name and address', () => {
  const account = { name: 'Willow', site: { postalAddress: 'Lane 1' }, seller: {} };
  const seller = { name: 'Willow OG', address: null, taxId: 'ATU1' };

  expect(sellerOf(account)).toEqual({ name: 'Willow', address: 'Lane 1', taxId: null });
  expect(sellerOf({ ...account, seller })).toEqual({ name: 'Willow OG', address: 'Lane 1', taxId: 'ATU1' });
});
