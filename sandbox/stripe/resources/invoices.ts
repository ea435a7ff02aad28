import { z } from 'zod';
import { collectInvoice, subscriptionOf } from '../billing/collect.ts';
import { finalizeInvoice, markPaid, markUncollectible, voidInvoice } from '../billing/invoices.ts';
import { naturalPeriodEnd } from '../billing/amend.ts';
import { previewChange, previewInvoice } from '../billing/preview.ts';
import { settleSubscription } from '../billing/settle.ts';
import { visible, type Books } from '../data/books.ts';
import type { Invoice, Subscription } from '../data/docs.ts';
import { cardFault, invalidRequest } from '../protocol/fault.ts';
import { emptyable, expand, flag, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { withLines } from '../shapes/added-lines.ts';
import { newInvoice } from '../shapes/invoice.ts';
import { listOf, wholeList } from './lists.ts';
import { route } from './route.ts';
import { ownMethod } from '../payments/methods.ts';
import { mergeMetadata } from './metadata.ts';
import { givenDiscount } from './subscriptions.ts';
import { billingAnchor, itemChanges, itemsChangeOf, prorationBehaviour } from './subscription-updates.ts';

const create = z.strictObject({
  customer: text,
  subscription: text.optional(),
  auto_advance: flag.optional(),
  collection_method: z.enum(['charge_automatically']).optional(),
  currency: text.optional(),
  description: text.optional(),
  discounts: emptyable(z.never()).optional(),
  metadata: metadata.optional(),
  pending_invoice_items_behavior: z.enum(['exclude']).optional(),
  expand,
});
const addLines = z.strictObject({
  lines: z.array(z.strictObject({ amount: integer, description: text, discountable: flag })),
  expand,
});
const bare = z.strictObject({ expand });
const pay = z.strictObject({
  payment_method: text.optional(),
  paid_out_of_band: flag.optional(),
  expand,
  ...ignored('off_session', 'forgive'),
});
const finalize = z.strictObject({ auto_advance: flag.optional(), expand });
const update = z.strictObject({
  auto_advance: flag.optional(),
  default_payment_method: emptyable(text).optional(),
  metadata: metadata.optional(),
  expand,
});
const list = z.strictObject({
  ...listFields,
  customer: text.optional(),
  subscription: text.optional(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
});
const preview = z.strictObject({
  subscription: text,
  customer: text.optional(),
  discounts: emptyable(z.array(givenDiscount)).optional(),
  expand,
  preview_mode: z.enum(['next']).optional(),
  subscription_details: z
    .strictObject({
      billing_cycle_anchor: billingAnchor,
      cancel_at: emptyable(integer).optional(),
      cancel_at_period_end: flag.optional(),
      cancel_now: flag.optional(),
      items: itemChanges,
      proration_behavior: prorationBehaviour,
      proration_date: integer.optional(),
    })
    .optional(),
});

/** An invoice outside of its subscription's billing: a draft until it is finalized by request. */
function createInvoice(books: Books, params: z.output<typeof create>): Invoice {
  const customer = books.need('customer', params.customer, 'customer');
  const subscription = params.subscription ? books.need('subscription', params.subscription, 'subscription') : null;
  if (subscription && subscription.customer !== customer.id)
    throw invalidRequest('The subscription belongs to another customer.', 'subscription');
  if (params.auto_advance) throw unspoken('auto_advance');
  const currency = params.currency ?? subscription?.currency ?? customer.currency;
  if (!currency) throw invalidRequest('Missing required param: currency.', 'currency');
  const at = books.timeOf(customer);
  const { metadata: labels, description } = params;
  const own = { lines: [], discounts: [], period: { start: at, end: at }, finalizesAt: null };
  const named = { metadata: labels ?? {}, description };
  return books.add(
    newInvoice({ customer, subscription, reason: 'manual', currency, ...own, ...named }, at),
    'invoice.created',
  );
}

function addTo(books: Books, id: string, { lines }: z.output<typeof addLines>): Invoice {
  const invoice = books.need('invoice', id);
  if (invoice.status !== 'draft') throw invalidRequest('Lines can be added to a draft alone.');
  if (lines.some(({ discountable }) => discountable)) throw unspoken('lines[0][discountable]');
  const at = books.customerTime(invoice.customer);
  return books.change(withLines(invoice, lines, at), at, 'invoice.updated');
}

const unspoken = (param: string) => invalidRequest(`The sandbox does not speak this value of \`${param}\`.`, param);

function payNow(books: Books, id: string, params: z.output<typeof pay>): Invoice {
  const invoice = books.need('invoice', id);
  const at = books.customerTime(invoice.customer);
  const method = params.payment_method
    ? ownMethod(books, params.payment_method, invoice.customer, 'payment_method')
    : undefined;
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (invoice.status === 'draft') finalizeInvoice(books, invoice, at);
  if (invoice.status === 'void') throw invalidRequest('This invoice can no longer be paid.');
  if (params.paid_out_of_band) {
    markPaid(books, invoice, at);
    settleSubscription(books, invoice, at);
    return books.need('invoice', id);
  }
  refuseWhatFailed(books, collectInvoice(books, invoice, { method, automatic: false }, at), invoice);
  return books.need('invoice', id);
}

/** 402 for a payment that was tried and did not go through; the try itself stays. */
function refuseWhatFailed(books: Books, outcome: ReturnType<typeof collectInvoice>, invoice: Invoice): void {
  const intentId = books.all('invoice_payment', { invoice: invoice.id }).at(-1)?.payment.payment_intent;
  const intent = intentId && books.find('payment_intent', intentId);
  const extra = intent ? { payment_intent: visible(intent) } : {};
  if (outcome.kind === 'declined') throw cardFault(outcome.error, extra);
  if (outcome.kind === 'needs_authentication') {
    const message = 'Payment for this invoice requires additional user action before it can be completed successfully.';
    throw cardFault({ type: 'card_error', code: 'invoice_payment_intent_requires_action', message }, extra);
  }
  if (outcome.kind === 'no_method') {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set one before paying.',
      undefined,
      'missing',
    );
  }
}

function previewOf(books: Books, params: z.output<typeof preview>): Invoice {
  const subscription = books.need('subscription', params.subscription, 'subscription');
  const at = books.customerTime(subscription.customer);
  const details = params.subscription_details ?? {};
  const { discounts } = params;
  const change = itemsChangeOf(books, { ...details, discounts }, at);
  if (discounts !== undefined && !change) throw unspoken('discounts');
  if (change) return previewChange(books, subscription, change, at);
  const input = {
    cancelAt: previewedEnd(subscription, details),
    cancelNow: details.cancel_now ?? false,
    behaviour: details.proration_behavior ?? ('create_prorations' as const),
    prorationDate: details.proration_date ?? at,
  };
  return previewInvoice(books, subscription, input, at);
}

function previewedEnd(
  subscription: Subscription,
  details: { cancel_at?: number | null | undefined; cancel_at_period_end?: boolean | undefined },
): number | null | undefined {
  if (details.cancel_at_period_end) return naturalPeriodEnd(subscription);
  if (details.cancel_at_period_end === false && subscription.cancel_at_period_end) return null;
  return details.cancel_at;
}

function transition(run: (books: Books, invoice: Invoice, at: number) => Invoice) {
  return ({ books, id }: { books: Books; id: string }) => {
    const invoice = books.need('invoice', id);
    const at = books.customerTime(invoice.customer);
    run(books, invoice, at);
    settleSubscription(books, invoice, at);
    return books.need('invoice', id);
  };
}

export const invoiceRoutes = [
  route('POST', '/v1/invoices', create, ({ books, params }) => createInvoice(books, params)),
  route('POST', '/v1/invoices/:id/add_lines', addLines, ({ books, id, params }) => addTo(books, id, params)),
  route('POST', '/v1/invoices/create_preview', preview, ({ books, params }) => previewOf(books, params)),
  route('GET', '/v1/invoices/:id', bare, ({ books, id }) => books.need('invoice', id)),
  route('GET', '/v1/invoices/:id/lines', z.strictObject(listFields), ({ books, id }) =>
    wholeList(books.need('invoice', id).lines.data, `/v1/invoices/${id}/lines`),
  ),
  route('POST', '/v1/invoices/:id', update, ({ books, id, params }) => {
    const known = books.need('invoice', id);
    if (params.default_payment_method)
      ownMethod(books, params.default_payment_method, known.customer, 'default_payment_method');
    const { auto_advance = known.auto_advance, default_payment_method = known.default_payment_method } = params;
    const changed = {
      ...known,
      auto_advance,
      default_payment_method,
      metadata: mergeMetadata(known.metadata, params.metadata),
    };
    return books.change(changed, books.customerTime(known.customer), 'invoice.updated');
  }),
  route('POST', '/v1/invoices/:id/pay', pay, ({ books, id, params }) => payNow(books, id, params)),
  route('POST', '/v1/invoices/:id/void', bare, transition(voidOpen)),
  route('POST', '/v1/invoices/:id/mark_uncollectible', bare, transition(markUncollectible)),
  route('POST', '/v1/invoices/:id/finalize', finalize, ({ books, id, params }) => {
    const invoice = books.need('invoice', id);
    const at = books.customerTime(invoice.customer);
    finalizeInvoice(books, { ...invoice, auto_advance: params.auto_advance ?? invoice.auto_advance }, at);
    const finalized = books.need('invoice', id);
    if (finalized.amount_remaining === 0) collectInvoice(books, finalized, { automatic: false }, at);
    else if (finalized.auto_advance && subscriptionOf(books, finalized))
      books.save({ ...finalized, next_payment_attempt: at + 3_600 });
    return books.need('invoice', id);
  }),
  route('GET', '/v1/invoices', list, ({ books, params }) =>
    listOf(books, 'invoice', params, {
      filter: { customer: params.customer, subscription: params.subscription },
      accept: ({ status }) => {
        return params.status === undefined || params.status === status;
      },
    }),
  ),
];

function voidOpen(books: Books, invoice: Invoice, at: number): Invoice {
  if (invoice.status === 'draft')
    throw invalidRequest('You can only pass in open or uncollectible invoices. This invoice is a draft.');
  return voidInvoice(books, invoice, at);
}
