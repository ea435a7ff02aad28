import type { Shown } from '../data/doc.ts';
import { z } from 'zod';
import { expireSession } from '../checkout/expire.ts';
import { formatMoney, leastCharge } from '../protocol/money.ts';
import type { Books } from '../data/books.ts';
import type { CheckoutSession, SessionLine } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { expand, listFields, metadata } from '../protocol/fields.ts';
import { listOf, wholeList } from './lists.ts';
import { route } from './route.ts';
import { newProduct } from '../shapes/catalog.ts';
import { newCheckoutSession } from '../shapes/checkout-session.ts';
import { makePrice } from './catalog.ts';
import { create, list, type line } from './checkout-session-params.ts';
import { paidOnPage, type PaidOnPage } from './paid-on-page.ts';
import { mergeMetadata } from './metadata.ts';
import { priceOf } from './subscriptions.ts';

const HALF_HOUR = 1_800;
const DAY = 86_400;

type Create = z.output<typeof create>;

function lineOf(books: Books, input: z.output<typeof line>, index: number): Shown<SessionLine> {
  const param = `line_items[${index}]`;
  const data = input.price_data;
  const productId = data?.product_data
    ? books.add(newProduct(data.product_data, books.context.now()), 'product.created').id
    : data?.product;
  const price = data
    ? books.add(makePrice(books, { ...data, product: productId ?? '' }), 'price.created')
    : priceOf(books, { price: input.price }, param);
  const quantity = input.quantity ?? 1;
  if (quantity < 1) throw invalidRequest('Invalid positive integer', `${param}[quantity]`, 'parameter_invalid_integer');
  const amount = price.unit_amount * quantity;
  return {
    id: newId('item'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    metadata: {},
    amount_total: amount,
    currency: price.currency,
    description: books.find('product', price.product)?.name ?? null,
    price,
    quantity,
  };
}

function check(params: Create, lines: SessionLine[]): void {
  const repeating = lines.filter(({ price }) => price.recurring);
  if (params.mode === 'setup') {
    if (lines.length > 0) throw invalidRequest('`line_items` are not allowed in `setup` mode.', 'line_items');
    return;
  }
  if (lines.length === 0)
    throw invalidRequest('Missing required param: line_items.', 'line_items', 'parameter_missing');
  if (params.mode === 'payment' && repeating.length > 0) {
    throw invalidRequest(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode',
    );
  }
  if (params.mode === 'subscription' && repeating.length === 0) {
    throw invalidRequest(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items',
    );
  }
  if (params.mode !== 'subscription' && params.subscription_data)
    throw invalidRequest('You can only use `subscription_data` in `subscription` mode.', 'subscription_data');
  for (const name of ['payment_intent_data', 'invoice_creation'] as const)
    if (params.mode !== 'payment' && params[name])
      throw invalidRequest(`You can only use \`${name}\` in \`payment\` mode.`, name);
  if (params.mode !== 'subscription' && params.payment_method_collection)
    throw invalidRequest('You can only set `payment_method_collection` if there are recurring prices.');
}

/** Nothing is charged for less than Stripe's least, now or at a renewal. */
function checkAmounts({ amountNow, amountOff }: PaidOnPage, lines: SessionLine[]): void {
  const currency = lines[0]?.currency ?? 'usd';
  const renewal = lines.filter(({ price }) => price.recurring).reduce((sum, { amount_total }) => sum + amount_total, 0);
  const least = leastCharge(currency);
  const tooSmall = [amountNow - amountOff, renewal].some((amount) => amount > 0 && amount < least);
  if (!tooSmall) return;
  const message = `The Checkout Session's total amount due must add up to at least ${formatMoney(least, currency)} ${currency}`;
  throw invalidRequest(message, 'line_items', 'amount_too_small');
}

function expiryOf({ expires_at }: Create, at: number): number {
  const expiresAt = expires_at ?? at + DAY;
  if (expiresAt >= at + HALF_HOUR && expiresAt <= at + DAY) return expiresAt;
  const message = 'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.';
  throw invalidRequest(message, 'expires_at');
}

function begin(books: Books, params: Create): CheckoutSession {
  if (params.customer && params.customer_email) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', 'customer');
  }
  const customer = params.customer ? books.need('customer', params.customer, 'customer') : null;
  const at = books.timeOf(customer);
  const expiresAt = expiryOf(params, at);
  const lines = (params.line_items ?? []).map((input, index) => lineOf(books, input, index));
  check(params, lines);
  const paid = paidOnPage(books, params, lines);
  checkAmounts(paid, lines);
  if (params.mode === 'setup' && !params.currency && !customer)
    throw invalidRequest('Missing required param: currency.', 'currency', 'parameter_missing');
  const { publicUrl } = books.context;
  const session = newCheckoutSession({ ...params, ...paid, customer, expiresAt, publicUrl }, at);
  return books.add({ ...session, ...laterUse(params) });
}

/** What is kept for when the page is completed. */
function laterUse(params: Create): Pick<CheckoutSession, '_subscriptionData' | '_intentData'> {
  const {
    trial_end,
    trial_period_days,
    metadata: labels,
    description,
    trial_settings,
  } = params.subscription_data ?? {};
  const intent = params.payment_intent_data;
  const _subscriptionData = {
    metadata: labels,
    description,
    trialEnd: trial_end,
    trialDays: trial_period_days,
    missingMethod: trial_settings?.end_behavior.missing_payment_method,
  };
  const _intentData = {
    metadata: (intent ?? params.setup_intent_data)?.metadata,
    description: intent?.description,
    setupFutureUsage: intent?.setup_future_usage,
  };
  return { _subscriptionData, _intentData };
}

export const checkoutSessionRoutes = [
  route('POST', '/v1/checkout/sessions', create, ({ books, params }) => begin(books, params)),
  route('GET', '/v1/checkout/sessions/:id', z.strictObject({ expand }), ({ books, id }) =>
    books.need('checkout.session', id),
  ),
  route('GET', '/v1/checkout/sessions/:id/line_items', z.strictObject(listFields), ({ books, id }) =>
    wholeList(books.need('checkout.session', id)._lines, `/v1/checkout/sessions/${id}/line_items`),
  ),
  route(
    'POST',
    '/v1/checkout/sessions/:id',
    z.strictObject({ metadata: metadata.optional(), expand }),
    ({ books, id, params }) => {
      const known = books.need('checkout.session', id);
      return books.save({ ...known, metadata: mergeMetadata(known.metadata, params.metadata) });
    },
  ),
  route('POST', '/v1/checkout/sessions/:id/expire', z.strictObject({ expand }), ({ books, id }) => {
    const session = books.need('checkout.session', id);
    if (session.status !== 'open') {
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`,
      );
    }
    return expireSession(books, session, books.customerTime(session.customer));
  }),
  route('GET', '/v1/checkout/sessions', list, ({ books, params }) => {
    const filter = {
      customer: params.customer,
      subscription: params.subscription,
      payment_intent: params.payment_intent,
    };
    return listOf(books, 'checkout.session', params, {
      filter,
      accept: ({ status }) => !params.status || params.status === status,
    });
  }),
];
