import type { Document } from '../../db/money/documents.ts';
import { formatDay, formatMoney, formatPeriod } from '../../emails/format.ts';
import { LANGUAGES } from '../../emails/languages/index.ts';
import { cardInWords } from '../../emails/words/card.ts';
import { fill } from '../../emails/words/fill.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import {
  documentNumber,
  figuresOf,
  taxesOfPart,
  type Bill,
  type Buyer,
  type Seller,
  type TaxLine,
} from '../../workflows/domain/receipt-figures.ts';
import { RECEIPT_WORDS, type ReceiptWords } from './receipt-words.ts';

/** A document in words and figures, as it is laid out. */
export type Content = {
  locale: string;
  title: string;
  number: string;
  /** What the file says of itself, besides. */
  author: string;
  createdAt: Instant;
  facts: [label: string, value: string][];
  parties: { label: string; lines: string[] }[];
  columns: ReceiptWords['columns'];
  lines: { what: string; note: string | null; quantity: string; amount: string }[];
  totals: { label: string; amount: string; kind: 'plain' | 'quiet' | 'total' }[];
  note: string | null;
  /** `{{page}}`, `{{pages}}` */
  page: string;
};

/** A document whose facts are known. */
export type Known = Omit<Document, 'facts' | 'seller'> & { facts: Bill; seller: Seller; timeZone: string };

type Writer = { words: ReceiptWords; money: (amountMinor: number) => string; day: (at: Instant) => string };

const writerOf = ({ language, timeZone, currency }: Known): Writer => ({
  words: RECEIPT_WORDS[language],
  money: (amountMinor) => formatMoney({ amountMinor, currency }, { language }),
  day: (at) => formatDay(at, { timeZone, language }),
});

/** What a receipt or a credit note says. */
export function contentOf(document: Known): Content {
  const { kind, number, language, seller, facts, refund, paidAt } = document;
  const writer = writerOf(document);
  const { words } = writer;
  return {
    locale: LANGUAGES[language].locale,
    title: words.titles[kind],
    number: documentNumber(kind, number),
    author: seller.name,
    createdAt: refund?.createdAt ?? paidAt,
    facts: factsOf(document, writer),
    parties: [
      { label: words.soldBy, lines: sellerLines(seller, words) },
      { label: words.soldTo, lines: buyerLines(facts.buyer, words) },
    ],
    columns: words.columns,
    ...(refund ? givenBack(document, refund, writer) : paidFor(document, writer)),
    note: refund || !facts.card ? null : fill(words.paidBy, { card: cardOf(facts.card, document) }),
    page: words.page,
  };
}

const cardOf = (card: NonNullable<Bill['card']>, { language }: Known): string =>
  cardInWords(card, LANGUAGES[language].card);

function factsOf({ kind, number, receiptNumber, facts, refund, paidAt }: Known, { words, day }: Writer) {
  const all: [string, string | null][] = [
    [words.number[kind], documentNumber(kind, number)],
    [words.refundedOn, refund && day(refund.createdAt)],
    [words.number.receipt, refund && documentNumber('receipt', receiptNumber)],
    [words.paidOn, day(paidAt)],
    [words.invoice, facts.stripeNumber],
  ];
  return all.flatMap(([label, value]): [string, string][] => (value === null ? [] : [[label, value]]));
}

const linesIn = (text: string | null): string[] => (text ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');

const sellerLines = ({ name, address, taxId }: Seller, words: ReceiptWords): string[] => [
  name,
  ...linesIn(address),
  ...(taxId ? [fill(words.taxId, { id: taxId })] : []),
];

function buyerLines(buyer: Buyer | null, words: ReceiptWords): string[] {
  if (!buyer) return [words.erased];
  const { name, email, address, taxIds } = buyer;
  return [name ?? '', ...address, ...taxIds.map((id) => fill(words.taxId, { id })), email ?? ''].filter(Boolean);
}

type Body = Pick<Content, 'lines' | 'totals'>;

function paidFor({ facts, timeZone, language }: Known, { words, money }: Writer): Body {
  const figures = figuresOf(facts);
  const lines = facts.lines.map(({ what, quantity, amountMinor, period }) => ({
    what,
    note: period && formatPeriod(period, { timeZone, language }),
    quantity: String(quantity),
    amount: money(amountMinor),
  }));
  const { subtotalMinor, discountMinor, otherMinor, totalMinor, balanceMinor, paidMinor, added, included } = figures;
  const plain = (label: string, amountMinor: number) => ({ label, amount: money(amountMinor), kind: 'plain' as const });
  const unlessZero = (label: string, amountMinor: number) => (amountMinor === 0 ? [] : [plain(label, amountMinor)]);
  return {
    lines,
    totals: [
      plain(words.subtotal, subtotalMinor),
      ...unlessZero(words.discount, -discountMinor),
      ...added.map((tax) => plain(taxInWords(tax, words), tax.amountMinor)),
      ...unlessZero(words.other, otherMinor),
      ...(balanceMinor === 0 ? [] : [plain(words.total, totalMinor), plain(words.balance, -balanceMinor)]),
      { label: words.paid, amount: money(paidMinor), kind: 'total' },
      ...included.map((tax) => includedTax(tax, { words, money })),
    ],
  };
}

function givenBack(document: Known, refund: NonNullable<Document['refund']>, { words, money }: Writer): Body {
  const { facts, receiptNumber, offerName } = document;
  const { amountMinor } = refund;
  const what = fill(words.refundOf, { number: documentNumber('receipt', receiptNumber) });
  const taxes = taxesOfPart(facts, refund).map((tax) => ({ ...tax, amountMinor: -tax.amountMinor }));
  return {
    lines: [{ what, note: offerName, quantity: '1', amount: money(-amountMinor) }],
    totals: [
      { label: words.refunded, amount: money(-amountMinor), kind: 'total' },
      ...taxes.map((tax) => includedTax(tax, { words, money })),
    ],
  };
}

type Quiet = { label: string; amount: string; kind: 'quiet' };

const includedTax = (tax: TaxLine, { words, money }: Pick<Writer, 'words' | 'money'>): Quiet => ({
  label: fill(words.included, { tax: taxInWords(tax, words) }),
  amount: money(tax.amountMinor),
  kind: 'quiet',
});

const taxInWords = ({ name, percent }: TaxLine, words: ReceiptWords): string =>
  fill(words.tax, { name, percent: percent === null ? '' : `${percent}\u00a0%` }).trim();
