import type { Instant } from './instant.ts';
import { sumMinor } from './money.ts';

export type BillLine = {
  what: string;
  quantity: number;
  amountMinor: number;
  /** null = it is for no period. */
  period: { from: Instant; to: Instant } | null;
};

/** `isInclusive`: it is a part of the lines, and not added to them; `percent` null = not known. */
export type TaxLine = { name: string; percent: number | null; isInclusive: boolean; amountMinor: number };

/** Who bought, as Stripe's invoice has it; `address` by lines. */
export type Buyer = { name: string | null; email: string | null; address: string[]; taxIds: string[] };

/** What was paid for, as Stripe's invoice says it. Once it is paid, nothing of it changes there. */
export type Bill = {
  stripeNumber: string | null;
  currency: string;
  /** null = erased; so is `card` then. */
  buyer: Buyer | null;
  card: { brand: string; last4: string } | null;
  lines: BillLine[];
  /** All that discounts took off, as a positive amount. */
  discountMinor: number;
  taxes: TaxLine[];
  /** Before what the customer's balance paid of it. */
  totalMinor: number;
  paidMinor: number;
};

export type Figures = {
  subtotalMinor: number;
  discountMinor: number;
  /** Taxes that are added to the lines, and those that are a part of them. */
  added: TaxLine[];
  included: TaxLine[];
  totalMinor: number;
  /** What the customer's balance paid of the total, or was paid into it (negative). */
  balanceMinor: number;
  paidMinor: number;
  /** What Stripe's own figures leave between them: 0, unless it adds what we do not know. */
  otherMinor: number;
};

/**
 * The figures of a receipt, in their order: subtotal - discount + added taxes + other = total, and
 * total - balance = paid.
 */
export function figuresOf({ lines, discountMinor, taxes, totalMinor, paidMinor }: Bill): Figures {
  const subtotalMinor = sumMinor(lines.map(({ amountMinor }) => amountMinor));
  const added = taxes.filter(({ isInclusive }) => !isInclusive);
  const addedMinor = sumMinor(added.map(({ amountMinor }) => amountMinor));
  return {
    subtotalMinor,
    discountMinor,
    added,
    included: taxes.filter(({ isInclusive }) => isInclusive),
    totalMinor,
    balanceMinor: totalMinor - paidMinor,
    paidMinor,
    otherMinor: totalMinor - (subtotalMinor - discountMinor + addedMinor),
  };
}

/**
 * The taxes in a part of what was paid: the part after `beforeMinor` of it was given back. Parts
 * that give back all of a payment give back exactly its taxes.
 */
export function taxesOfPart(
  { taxes, totalMinor }: Pick<Bill, 'taxes' | 'totalMinor'>,
  { beforeMinor, amountMinor }: { beforeMinor: number; amountMinor: number },
): TaxLine[] {
  if (totalMinor <= 0) return [];
  const upTo = (taxMinor: number, partMinor: number): number => rounded(taxMinor, partMinor, totalMinor);
  return taxes.map((tax) => ({
    ...tax,
    amountMinor: upTo(tax.amountMinor, beforeMinor + amountMinor) - upTo(tax.amountMinor, beforeMinor),
  }));
}

/** amount x part / whole, halves up; whole numbers all the way, however large. */
function rounded(amount: number, part: number, whole: number): number {
  const [numerator, denominator] = [BigInt(amount) * BigInt(part) * 2n + BigInt(whole), BigInt(whole) * 2n];
  return Number(numerator / denominator);
}

/** `R-000012`, `C-000003`: how receipts and credit notes are numbered, each in its own row. */
export const documentNumber = (kind: DocumentKind, number: number): string =>
  `${PREFIXES[kind]}-${String(number).padStart(6, '0')}`;

export const DOCUMENT_KINDS = ['receipt', 'credit_note'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const PREFIXES: Record<DocumentKind, string> = { receipt: 'R', credit_note: 'C' };

/** Who sold. */
export type Seller = { name: string; address: string | null; taxId: string | null };

/** As an account has written it down; absent = its own name and postal address. */
export type SellerSettings = { name: string | null; address: string | null; taxId: string | null };

type SellingAccount = { name: string; site: { postalAddress?: string | null }; seller: Partial<SellerSettings> };

/** Who sells, as of now. */
export const sellerOf = ({ name, site, seller }: SellingAccount): Seller => ({
  name: seller.name ?? name,
  address: seller.address ?? site.postalAddress ?? null,
  taxId: seller.taxId ?? null,
});
