import type Stripe from 'stripe';
import type { Bill, BillLine, TaxLine } from '../../../workflows/domain/receipt-figures.ts';
import { sumMinor } from '../../../workflows/domain/money.ts';
import { reading } from './call.ts';
import { orNull, orThrow, StripeRefused } from './failures.ts';
import type { Account } from './gateway.ts';
import { fromUnix } from './instants.ts';
import { receiptOf } from './receipt-of.ts';

/** Somebody waits for it in a browser, or for the file that it becomes. */
const TIMEOUT_MS = 4_000;
/** As many as Stripe gives at once. */
const MOST_LINES = 100;

/** What an invoice says; null = Stripe has none of this id. */
export async function billOf(stripe: Stripe, invoiceId: string, account: Account): Promise<Bill | null> {
  const options = { ...reading(account), timeout: TIMEOUT_MS };
  const invoice = await orNull(stripe.invoices.retrieve(invoiceId, {}, options));
  if (!invoice) return null;
  const lines = invoice.lines.has_more
    ? (await orThrow(stripe.invoices.listLineItems(invoiceId, { limit: MOST_LINES }, options))).data
    : invoice.lines.data;
  const { card } = await receiptOf(stripe, invoiceId, account);
  return {
    stripeNumber: invoice.number,
    currency: invoice.currency,
    buyer: buyerOf(invoice),
    card: card && { brand: card.brand, last4: card.last4 },
    lines: lines.map(toLine),
    discountMinor: sumMinor((invoice.total_discount_amounts ?? []).map(({ amount }) => amount)),
    taxes: await Promise.all((invoice.total_taxes ?? []).map((tax) => toTaxLine(tax, stripe, options))),
    totalMinor: invoice.total,
    paidMinor: invoice.amount_paid,
  };
}

/** As the invoice was written: what a customer is called later changes nothing of it. */
function buyerOf(invoice: Stripe.Invoice): Bill['buyer'] {
  const { customer_name: name, customer_email: email, customer_address: address, customer_tax_ids: ids } = invoice;
  const { line1, line2, postal_code: code, city, state, country } = address ?? {};
  const place = [code, city].filter(Boolean).join(' ');
  return {
    name,
    email,
    address: [line1, line2, place, state, country].flatMap((line) => line || []),
    taxIds: (ids ?? []).flatMap(({ value }) => value ?? []),
  };
}

const toLine = ({ description, quantity, amount, period, parent }: Stripe.InvoiceLineItem): BillLine => ({
  what: description ?? '',
  quantity: quantity ?? 1,
  amountMinor: amount,
  period:
    parent?.type === 'subscription_item_details' ? { from: fromUnix(period.start), to: fromUnix(period.end) } : null,
});

async function toTaxLine(
  { amount, tax_behavior, tax_rate_details: details }: Stripe.Invoice.TotalTax,
  stripe: Stripe,
  options: Stripe.RequestOptions,
): Promise<TaxLine> {
  const rate = details && (await rateOf(stripe, details.tax_rate, options));
  return {
    name: rate?.display_name ?? 'Tax',
    percent: rate?.effective_percentage ?? rate?.percentage ?? null,
    isInclusive: tax_behavior === 'inclusive',
    amountMinor: amount,
  };
}

/** null = it is not there, or a restricted key may not read it: the tax has no name then. */
async function rateOf(stripe: Stripe, id: string, options: Stripe.RequestOptions): Promise<Stripe.TaxRate | null> {
  try {
    return await orNull(stripe.taxRates.retrieve(id, {}, options));
  } catch (error) {
    if (error instanceof StripeRefused) return null;
    throw error;
  }
}
