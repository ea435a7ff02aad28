import { given } from '../data/doc.ts';
import { z } from 'zod';
import { startSubscription } from '../billing/start.ts';
import { endSubscription } from '../billing/end.ts';
import { discountsOf, redeemable, takeOff } from '../billing/discounts.ts';
import { invoicePending } from '../billing/amend.ts';
import { prorationsTo } from '../billing/lines.ts';
import { productNames } from '../billing/names.ts';
import { visible, type Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import type { Price, Subscription } from '../data/docs.ts';
import { invalidRequest, missing } from '../protocol/fault.ts';
import { emptyable, expand, flag, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { ownMethod } from '../payments/methods.ts';
import { newInvoiceItem } from '../shapes/invoice.ts';
import { makePrice, recurring } from './catalog.ts';

const DAY = 86_400;

const priceData = z.strictObject({
  currency: text,
  product: text,
  unit_amount: integer,
  recurring,
  ...ignored('tax_behavior'),
});
const oneOffData = z.strictObject({ currency: text, product: text, unit_amount: integer, ...ignored('tax_behavior') });
const newItem = z.strictObject({
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: integer.optional(),
  metadata: metadata.optional(),
});
const fee = z.strictObject({ price: text.optional(), price_data: oneOffData.optional(), quantity: integer.optional() });
export const trialSettings = z
  .strictObject({
    end_behavior: z.strictObject({ missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']) }),
  })
  .optional();
const feedback = z.enum([
  '',
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
]);
export const cancellationDetails = z
  .strictObject({ comment: emptyable(text).optional(), feedback: feedback.optional() })
  .optional();

/** `discount`: one that is on the subscription already. */
export const givenDiscount = z.strictObject({
  coupon: text.optional(),
  promotion_code: text.optional(),
  discount: text.optional(),
});

const create = z.strictObject({
  customer: text,
  items: z.array(newItem),
  add_invoice_items: z.array(fee).optional(),
  metadata: metadata.optional(),
  discounts: emptyable(z.array(givenDiscount)).optional(),
  expand,
  description: text.optional(),
  default_payment_method: text.optional(),
  cancel_at: integer.optional(),
  cancel_at_period_end: flag.optional(),
  trial_end: z.union([z.literal('now'), integer]).optional(),
  trial_period_days: integer.optional(),
  trial_settings: trialSettings,
  payment_behavior: z.enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete']).optional(),
  collection_method: z.enum(['charge_automatically']).optional(),
  ...ignored('off_session', 'payment_settings', 'proration_behavior', 'automatic_tax', 'currency', 'billing_mode'),
});

const list = z.strictObject({
  ...listFields,
  customer: text.optional(),
  price: text.optional(),
  test_clock: text.optional(),
  status: z
    .enum([
      'active',
      'all',
      'canceled',
      'ended',
      'incomplete',
      'incomplete_expired',
      'past_due',
      'paused',
      'trialing',
      'unpaid',
    ])
    .optional(),
});

const cancel = z.strictObject({
  cancellation_details: cancellationDetails,
  invoice_now: flag.optional(),
  prorate: flag.optional(),
  expand,
});

interface LineInput {
  price?: string | undefined;
  price_data?:
    { currency: string; product: string; unit_amount: number; recurring?: z.output<typeof recurring> } | undefined;
  quantity?: number | undefined;
  metadata?: Record<string, string> | undefined;
}

/** The price of an item, by id or made from inline data. */
export function priceOf(books: Books, line: LineInput, param: string): Price {
  if (line.price_data) return books.add(makePrice(books, line.price_data), 'price.created');
  if (!line.price)
    throw invalidRequest(`Missing required param: ${param}[price].`, `${param}[price]`, 'parameter_missing');
  const price = books.need('price', line.price, `${param}[price]`);
  if (!price.active)
    throw invalidRequest('The price specified is inactive. This field only accepts active prices.', `${param}[price]`);
  if (books.find('product', price.product)?.active === false)
    throw invalidRequest(`The product ${price.product} is not active.`, `${param}[price]`);
  return price;
}

function lineOf(books: Books, line: LineInput, param: string) {
  return { price: priceOf(books, line, param), quantity: line.quantity ?? 1, metadata: line.metadata };
}

function trialEndOf(params: z.output<typeof create>, at: number): number | null {
  const { trial_end, trial_period_days: days } = params;
  if (trial_end === 'now') return null;
  if (trial_end !== undefined && trial_end <= at)
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  return trial_end ?? (days ? at + days * DAY : null);
}

function begin(books: Books, params: z.output<typeof create>): Subscription {
  const customer = books.need('customer', params.customer, 'customer');
  const at = books.timeOf(customer);
  if (params.default_payment_method)
    ownMethod(books, params.default_payment_method, customer.id, 'default_payment_method');
  const items = params.items.map((item, index) => lineOf(books, item, `items[${index}]`));
  const redeemer = { customer: customer.id, currency: items[0]?.price.currency ?? '' };
  const input = {
    customer,
    items,
    discounts: (params.discounts ?? []).map((one, index) => redeemable(books, one, redeemer, `discounts[${index}]`)),
    fees: (params.add_invoice_items ?? []).map((item, index) => lineOf(books, item, `add_invoice_items[${index}]`)),
    trialEnd: trialEndOf(params, at),
    cancelAt: params.cancel_at_period_end ? ('period_end' as const) : (params.cancel_at ?? null),
    metadata: params.metadata ?? {},
    description: params.description ?? null,
    defaultPaymentMethod: params.default_payment_method ?? null,
    missingMethod: params.trial_settings?.end_behavior.missing_payment_method ?? ('create_invoice' as const),
    behaviour: params.payment_behavior ?? ('allow_incomplete' as const),
    payment: {},
  };
  return startSubscription(books, input, at).subscription;
}

function hasStatus(subscription: Subscription, wanted: string | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return hasEnded(subscription);
  return wanted === undefined ? subscription.status !== 'canceled' : subscription.status === wanted;
}

/**
 * Ends a subscription now; with `prorate` the unused time is credited, with `invoice_now` that is
 * settled at once.
 */
function cancelNow(books: Books, id: string, params: z.output<typeof cancel>): Subscription {
  const known = books.need('subscription', id);
  if (hasEnded(known)) throw missing('subscription', id);
  const at = books.customerTime(known.customer);
  const details = { ...known.cancellation_details, ...given(params.cancellation_details) };
  const subscription = { ...known, cancellation_details: { ...details, feedback: details.feedback || null } };
  if (params.prorate && subscription.status !== 'trialing') {
    for (const credit of prorationsTo(subscription, at, productNames(books))) books.save(newInvoiceItem(credit, at));
  }
  if (params.invoice_now) invoicePending(books, subscription, at);
  return endSubscription(books, subscription, { as: 'canceled', reason: 'cancellation_requested' }, at);
}

export const subscriptionRoutes = [
  route('POST', '/v1/subscriptions', create, ({ books, params }) => begin(books, params)),
  route('GET', '/v1/subscriptions/:id', z.strictObject({ expand }), ({ books, id }) => books.need('subscription', id)),
  route('DELETE', '/v1/subscriptions/:id', cancel, ({ books, id, params }) => cancelNow(books, id, params)),
  route('DELETE', '/v1/subscriptions/:id/discount', z.strictObject({ expand }), ({ books, id }) => {
    const subscription = books.need('subscription', id);
    const at = books.customerTime(subscription.customer);
    const [first, ...others] = discountsOf(books, subscription);
    if (!first) throw missing('discount', id);
    takeOff(books, subscription, [first, ...others], at);
    books.change(subscription, at, 'customer.subscription.updated');
    return { ...visible(first), id: first.id, object: 'discount', deleted: true as const };
  }),
  route('GET', '/v1/subscriptions', list, ({ books, params }) =>
    listOf(books, 'subscription', params, {
      filter: { customer: params.customer },
      accept: (subscription) => {
        const priced = !params.price || subscription.items.data.some(({ price }) => price.id === params.price);
        return (
          hasStatus(subscription, params.status) &&
          priced &&
          (!params.test_clock || subscription.test_clock === params.test_clock)
        );
      },
    }),
  ),
];
