import { expect, test } from '@jest/globals';
import { contentOf, type Known } from '../../api/money/receipt-content.ts';
import { layOut } from '../../api/money/receipt-layout.ts';
import { aBill, aTax } from '../builders/bill.ts';
import { T0 } from '../builders/purchase.ts';

const aReceipt = (given: Partial<Known> = {}): Known => ({
  kind: 'receipt',
  number: 12,
  receiptNumber: 12,
  paymentId: 'in_1',
  refundId: null,
  purchaseId: 'p1',
  contactId: 'c1',
  seller: { name: 'Willow OG', address: 'Töpfergasse 12\r\n1070 Wien', taxId: 'ATU12345678' },
  facts: aBill(),
  pdf: null,
  amountMinor: 2_900,
  currency: 'usd',
  paidAt: T0,
  refund: null,
  offerName: 'Studio',
  contact: { name: 'Ada', email: 'ada@example.com' },
  language: 'en',
  timeZone: 'Europe/Vienna',
  ...given,
});

const said = (document: Known) => contentOf(document).totals.map(({ label, amount }) => `${label} ${amount}`);
const aRefund = { amountMinor: 1_000, beforeMinor: 0, createdAt: T0, status: 'succeeded' } as const;

test('a receipt says who sold what to whom, and how it was paid', () => {
  const period = { from: '2027-01-31T09:00:00.000Z', to: '2027-02-28T09:00:00.000Z' };
  const facts = aBill({ lines: [{ what: 'Studio', quantity: 1, amountMinor: 2_900, period }] });

  expect(contentOf(aReceipt({ facts }))).toEqual({
    locale: 'en-US',
    title: 'Receipt',
    number: 'R-000012',
    author: 'Willow OG',
    createdAt: T0,
    facts: [
      ['Receipt number', 'R-000012'],
      ['Paid on', 'January 31, 2027'],
      ['Stripe’s number', 'ABCD-0001'],
    ],
    parties: [
      { label: 'From', lines: ['Willow OG', 'Töpfergasse 12', '1070 Wien', 'Tax ID ATU12345678'] },
      { label: 'To', lines: ['Ada Lovelace', 'Mill Lane 5', 'London', 'ada@example.com'] },
    ],
    columns: { what: 'Description', quantity: 'Quantity', amount: 'Amount' },
    lines: [{ what: 'Studio', note: 'January 31 to February 28, 2027', quantity: '1', amount: '$29.00' }],
    totals: [
      { label: 'Subtotal', amount: '$29.00', kind: 'plain' },
      { label: 'Paid', amount: '$29.00', kind: 'total' },
    ],
    note: 'Paid by Visa ending in 4242.',
    page: 'Page {{page}} of {{pages}}',
  });
});

test('taxes on top stand above what was paid, taxes included below it', () => {
  const onTop = aBill({ taxes: [aTax()], discountMinor: 400, totalMinor: 3_080, paidMinor: 3_080 });
  const included = aBill({ taxes: [aTax({ isInclusive: true, amountMinor: 483 })] });

  expect(said(aReceipt({ facts: onTop }))).toEqual([
    'Subtotal $29.00',
    'Discount −$4.00',
    'VAT 20\u00a0% $5.80',
    'Paid $30.80',
  ]);
  expect(said(aReceipt({ facts: included }))).toEqual([
    'Subtotal $29.00',
    'Paid $29.00',
    'VAT 20\u00a0%, included $4.83',
  ]);
});

test('what the customer’s balance paid is told from what was paid now', () => {
  expect(said(aReceipt({ facts: aBill({ paidMinor: 900 }) }))).toEqual([
    'Subtotal $29.00',
    'Total $29.00',
    'From your balance −$20.00',
    'Paid $9.00',
  ]);
});

test('a credit note names its receipt and gives back its share of the tax', () => {
  const facts = aBill({ taxes: [aTax({ isInclusive: true, amountMinor: 483 })] });
  const note = contentOf(aReceipt({ kind: 'credit_note', number: 3, refundId: 're_1', refund: aRefund, facts }));

  expect(note).toMatchObject({
    title: 'Credit note',
    number: 'C-000003',
    facts: [
      ['Credit note number', 'C-000003'],
      ['Refunded on', 'January 31, 2027'],
      ['Receipt number', 'R-000012'],
      ['Paid on', 'January 31, 2027'],
      ['Stripe’s number', 'ABCD-0001'],
    ],
    lines: [{ what: 'Refund of receipt R-000012', note: 'Studio', amount: '−$10.00' }],
    totals: [
      { label: 'Refunded', amount: '−$10.00' },
      { label: 'VAT 20\u00a0%, included', amount: '−$1.67' },
    ],
    note: null,
  });
});

test('it is in the language of whose it is, and of an erased person it says that they are', () => {
  const content = contentOf(aReceipt({ language: 'de', facts: { ...aBill(), buyer: null, card: null } }));

  expect(content).toMatchObject({ title: 'Zahlungsbeleg', locale: 'de-DE', note: null });
  expect(content.parties[1]).toEqual({ label: 'An', lines: ['Auf Wunsch gelöscht'] });
  expect(content.facts[1]).toEqual(['Bezahlt am', '31. Januar 2027']);
});

test('the same facts come to the same bytes, whatever was set before, over as many pages as it takes', async () => {
  const content = contentOf(aReceipt());
  const line = { what: 'Łukasz, Ξένου, Привет, € and ¥', quantity: 1, amountMinor: 100, period: null };
  const long = contentOf(aReceipt({ facts: aBill({ lines: Array.from({ length: 100 }, () => line) }) }));

  const [first, pages, second] = [await layOut(content), await layOut(long), await layOut(content)];

  expect(Buffer.compare(first, second)).toBe(0);
  expect(
    Buffer.from(pages)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length,
  ).toBeGreaterThan(3);
  expect(first.length).toBeLessThan(40_000);
});
