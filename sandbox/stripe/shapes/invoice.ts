import type { Customer, Invoice, InvoiceItem, InvoiceLine, Price, Subscription } from '../data/docs.ts';
import { newId } from '../data/ids.ts';

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
  /** The pending invoice item that it takes up. */
  invoiceItem?: string;
}

export interface InvoiceInput {
  customer: Customer;
  subscription: Subscription | null;
  reason: string;
  lines: LineDraft[];
  period: { start: number; end: number };
  /** null: nothing happens to the draft by itself. */
  finalizesAt: number | null;
  publicUrl: string;
}

export function newInvoice(input: InvoiceInput, at: number): Invoice {
  const id = newId('invoice');
  const { customer, subscription } = input;
  const lines = input.lines.map((line) => newLine(id, line));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    id,
    object: 'invoice',
    ...UNUSED,
    ...{
      customer_email: customer.email,
      customer_name: customer.name,
      subtotal: total,
      subtotal_excluding_tax: total,
      total_excluding_tax: total,
    },
    ...{ period_end: input.period.end, period_start: input.period.start },
    amount_due: Math.max(total, 0),
    amount_paid: 0,
    amount_remaining: Math.max(total, 0),
    attempt_count: 0,
    attempted: false,
    auto_advance: input.finalizesAt !== null,
    automatically_finalizes_at: input.finalizesAt,
    billing_reason: input.reason,
    created: at,
    currency: input.lines[0]?.price.currency ?? subscription?.currency ?? 'usd',
    customer: customer.id,
    default_payment_method: null,
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    metadata: {},
    next_payment_attempt: input.finalizesAt,
    number: null,
    parent: subscription && parentOf(subscription),
    starting_balance: customer.balance,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: customer.test_clock,
    total,
    _clock: customer.test_clock,
  };
}

/** The subscription as of the invoice's making: its metadata is a copy that later changes do not reach. */
function parentOf(subscription: Subscription) {
  const details = { metadata: subscription.metadata, subscription: subscription.id };
  return { quote_details: null, subscription_details: details, type: 'subscription_details' };
}

const UNUSED = {
  ...{
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_paid_off_stripe: 0,
    amount_shipping: 0,
  },
  ...{
    application: null,
    collection_method: 'charge_automatically',
    custom_fields: null,
    customer_account: null,
    customer_address: null,
  },
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  ...{
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_source: null,
  },
  ...{
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    footer: null,
    from_invoice: null,
    invoice_pdf: null,
  },
  ...{
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    on_behalf_of: null,
  },
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  ...{
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
  },
  ...{
    shipping_details: null,
    statement_descriptor: null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
  },
  webhooks_delivered_at: null,
};

function newLine(invoice: string, line: LineDraft): InvoiceLine {
  return {
    id: newId('line_item'),
    object: 'line_item',
    amount: line.amount,
    currency: line.price.currency,
    description: line.description,
    ...{
      discount_amounts: [],
      discountable: !line.proration,
      discounts: [],
      invoice,
      livemode: false,
      metadata: {},
      pretax_credit_amounts: [],
    },
    ...{ parent: lineParent(line), quantity_decimal: String(line.quantity), subscription: line.subscription ?? null },
    ...{ subtotal: line.amount, taxes: [], pricing: pricingOf(line.price) },
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
}

/** A proration that is billed (or credited) with the subscription's next invoice. */
export function newInvoiceItem(input: InvoiceItemInput, at: number): InvoiceItem {
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
    ...{
      customer_account: null,
      date: at,
      discountable: false,
      discounts: [],
      livemode: false,
      metadata: {},
      net_amount: input.amount,
    },
    ...{
      pricing: pricingOf(price),
      proration: true,
      quantity: input.quantity,
      quantity_decimal: String(input.quantity),
      tax_rates: [],
    },
    ...{
      parent: {
        subscription_details: { subscription: subscription.id, subscription_item: input.item },
        type: 'subscription_details',
      },
    },
    subscription: subscription.id,
    ...{ test_clock: subscription.test_clock },
    _clock: subscription._clock ?? null,
    _item: input.item,
  };
}
