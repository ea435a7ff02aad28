import type { Shown } from '../data/doc.ts';
import { spread, takenOff } from '../protocol/discount.ts';
import { sum } from '../protocol/money.ts';
import type {
  Customer,
  Discount,
  Invoice,
  InvoiceItem,
  InvoiceLine,
  Metadata,
  Price,
  Subscription,
} from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { INVOICE_CONSTANTS, LINE_CONSTANTS } from './billing-constants.ts';

/** A line before it belongs to an invoice. */
export interface LineDraft {
  amount: number;
  description: string;
  period: { start: number; end: number };
  quantity: number;
  price: Price;
  /** The subscription item that it bills; absent: a one-off item. */
  item?: string;
  subscription?: string;
  proration?: boolean;
  /** false: discounts do not reach it. */
  discountable?: boolean | undefined;
  /** The pending invoice item that it takes up. */
  invoiceItem?: string;
}

/** What one discount takes off, as an invoice and its lines say it. */
interface Taken {
  amount: number;
  discount: string;
}

export interface InvoiceInput {
  customer: Customer;
  /** null: an invoice of its own. */
  subscription: Subscription | null;
  reason: string;
  lines: LineDraft[];
  discounts: Discount[];
  period: { start: number; end: number };
  /** null: nothing happens to the draft by itself. */
  finalizesAt: number | null;
  currency: string;
  metadata?: Metadata | undefined;
  description?: string | undefined;
}

export function newInvoice(input: InvoiceInput, at: number): Shown<Invoice> {
  const id = newId('invoice');
  const { customer, subscription, period } = input;
  const discounted = lessen(input);
  const lines = input.lines.map((line, index) => newLine(id, line, discounted.ofLine(index)));
  return {
    id,
    object: 'invoice',
    ...INVOICE_CONSTANTS,
    customer_email: customer.email,
    customer_name: customer.name,
    period_end: period.end,
    period_start: period.start,
    ...discounted.amounts,
    discounts: input.discounts.map((discount) => discount.id),
    attempt_count: 0,
    attempted: false,
    auto_advance: input.finalizesAt !== null,
    automatically_finalizes_at: input.finalizesAt,
    billing_reason: input.reason,
    created: at,
    currency: input.currency,
    customer: customer.id,
    default_payment_method: null,
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    metadata: input.metadata ?? {},
    description: input.description ?? null,
    next_payment_attempt: input.finalizesAt,
    number: null,
    parent: subscription && parentOf(subscription),
    starting_balance: customer.balance,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: customer.test_clock,
    _clock: customer.test_clock,
  };
}

/** What is taken off the whole, and of that off each line. */
function lessen({ lines, discounts, currency }: InvoiceInput) {
  const amounts = lines.map(({ amount, discountable = true }) => (discountable ? amount : 0));
  const subtotal = sum(lines.map(({ amount }) => amount));
  const off = takenOff(
    sum(amounts),
    currency,
    discounts.map(({ _coupon }) => _coupon),
  );
  const named = discounts.map(({ id }, index) => ({ amount: off[index] ?? 0, discount: id }));
  const parts = named.map(({ amount, discount }) => ({ discount, parts: spread(amount, amounts) }));
  const ofLine = (index: number) => parts.map(({ discount, parts: own }) => ({ amount: own[index] ?? 0, discount }));
  return { ofLine, amounts: { ...amountsOf(subtotal, sum(off)), total_discount_amounts: named } };
}

/** No taxes here; what a credit brings below nothing is not due. */
export function amountsOf(subtotal: number, off: number) {
  const total = subtotal - off;
  const due = Math.max(total, 0);
  return {
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    amount_due: due,
    amount_paid: 0,
    amount_remaining: due,
  };
}

/**
 * The subscription as of the invoice's making: its metadata is a copy that later changes do not
 * reach.
 */
function parentOf(subscription: Subscription) {
  const details = { metadata: subscription.metadata, subscription: subscription.id };
  return { quote_details: null, subscription_details: details, type: 'subscription_details' };
}

function newLine(invoice: string, line: LineDraft, discount_amounts: Taken[]): Shown<InvoiceLine> {
  return {
    id: newId('line_item'),
    object: 'line_item',
    ...LINE_CONSTANTS,
    discount_amounts,
    discountable: line.discountable ?? true,
    invoice,
    parent: lineParent(line),
    pricing: pricingOf(line.price),
    quantity_decimal: String(line.quantity),
    subscription: line.subscription ?? null,
    subtotal: line.amount,
    amount: line.amount,
    currency: line.price.currency,
    description: line.description,
    period: line.period,
    quantity: line.quantity,
  };
}

function pricingOf(price: Price) {
  return {
    price_details: { price: price.id, product: price.product },
    type: 'price_details',
    unit_amount_decimal: String(price.unit_amount),
  };
}

function lineParent(line: LineDraft) {
  const proration = {
    proration: line.proration ?? false,
    proration_details: { credited_items: null },
    subscription: line.subscription ?? null,
  };
  if (line.item && !line.invoiceItem) {
    const details = { ...proration, invoice_item: null, subscription_item: line.item };
    return { invoice_item_details: null, subscription_item_details: details, type: 'subscription_item_details' };
  }
  const details = { ...proration, invoice_item: line.invoiceItem ?? newId('invoiceitem') };
  return { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' };
}

export interface InvoiceItemInput {
  subscription: Subscription;
  item: string;
  price: Price;
  quantity: number;
  amount: number;
  description: string;
  period: { start: number; end: number };
  /** Its amount has its discounts already. */
  isNet?: boolean;
}

/** A proration that is billed (or credited) with the subscription's next invoice. */
export function newInvoiceItem(input: InvoiceItemInput, at: number): Shown<InvoiceItem> {
  const { subscription, price } = input;
  return {
    id: newId('invoiceitem'),
    object: 'invoiceitem',
    amount: input.amount,
    created: at,
    currency: price.currency,
    customer: subscription.customer,
    description: input.description,
    invoice: null,
    period: input.period,
    customer_account: null,
    date: at,
    discountable: false,
    discounts: [],
    livemode: false,
    metadata: {},
    net_amount: input.amount,
    pricing: pricingOf(price),
    proration: true,
    quantity: input.quantity,
    quantity_decimal: String(input.quantity),
    tax_rates: [],
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: input.item },
      type: 'subscription_details',
    },
    subscription: subscription.id,
    test_clock: subscription.test_clock,
    _clock: subscription._clock ?? null,
    _item: input.item,
    _isNet: input.isNet,
  };
}
