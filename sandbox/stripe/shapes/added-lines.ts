import type { Shown } from '../data/doc.ts';
import type { Invoice, InvoiceLine } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { sum } from '../protocol/money.ts';
import { LINE_CONSTANTS } from './billing-constants.ts';
import { amountsOf } from './invoice.ts';

/** What is charged beside any price, once. */
export interface AddedLine {
  amount: number;
  description: string;
}

/** A draft with more lines; discounts do not reach them. */
export function withLines(invoice: Invoice, added: AddedLine[], at: number): Invoice {
  const lines = added.map((line) => addedLine(invoice, line, at));
  const subtotal = invoice.subtotal + sum(added.map(({ amount }) => amount));
  const off = sum(invoice.total_discount_amounts.map(({ amount }) => amount));
  return {
    ...invoice,
    ...amountsOf(subtotal, off),
    lines: { ...invoice.lines, data: [...invoice.lines.data, ...lines] },
  };
}

function addedLine({ id, currency, parent }: Invoice, { amount, description }: AddedLine, at: number): InvoiceLine {
  const subscription = parent?.subscription_details?.subscription ?? null;
  const details = {
    invoice_item: newId('invoiceitem'),
    proration: false,
    proration_details: { credited_items: null },
    subscription,
  };
  return {
    id: newId('line_item'),
    object: 'line_item',
    ...LINE_CONSTANTS,
    discount_amounts: [],
    discountable: false,
    invoice: id,
    parent: { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' },
    pricing: null,
    quantity_decimal: '1',
    subscription,
    subtotal: amount,
    amount,
    currency,
    description,
    period: { start: at, end: at },
    quantity: 1,
  } as Shown<InvoiceLine>;
}
