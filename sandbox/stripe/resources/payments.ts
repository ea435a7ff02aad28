import { z } from 'zod';
import type { Books } from '../data/books.ts';
import type { Charge, Customer } from '../data/docs.ts';
import { cardFault, invalidRequest } from '../protocol/fault.ts';
import { expand, flag, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { methodOf } from '../payments/methods.ts';
import { payIntent } from '../payments/pay-intent.ts';
import { refundCharge } from '../payments/refunds.ts';
import { newPaymentIntent } from '../shapes/payment.ts';
import { mergeMetadata } from './metadata.ts';

const bare = z.strictObject({ expand });
const byCustomer = { ...listFields, customer: text.optional() };
const labels = z.strictObject({ metadata: metadata.optional(), expand, ...ignored('description') });
const refund = z.strictObject({
  amount: integer.optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  metadata: metadata.optional(),
  expand,
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
});
const intent = z.strictObject({
  amount: integer,
  currency: text,
  customer: text.optional(),
  payment_method: text.optional(),
  confirm: flag.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  setup_future_usage: text.optional(),
  expand,
  ...ignored('off_session', 'automatic_payment_methods', 'return_url'),
});
const confirm = z.strictObject({ payment_method: text.optional(), expand, ...ignored('off_session', 'return_url') });

function customerOf(books: Books, id: string | null): Customer | null {
  return id ? (books.find('customer', id) ?? null) : null;
}

function refundedCharge(books: Books, params: z.output<typeof refund>): Charge {
  if (params.charge) return books.need('charge', params.charge, 'charge');
  if (!params.payment_intent) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      undefined,
      'parameter_missing',
    );
  }
  const { latest_charge, id } = books.need('payment_intent', params.payment_intent, 'payment_intent');
  if (!latest_charge)
    throw invalidRequest(`This PaymentIntent (${id}) does not have a successful charge to refund.`, 'payment_intent');
  return books.need('charge', latest_charge);
}

function confirmIntent(books: Books, id: string, method: string | undefined) {
  const known = books.need('payment_intent', id);
  const at = books.timeOf(customerOf(books, known.customer));
  if (known.status === 'succeeded' || known.status === 'canceled') {
    const message = `You cannot confirm this PaymentIntent because it has a status of ${known.status}.`;
    throw invalidRequest(message, undefined, 'payment_intent_unexpected_state');
  }
  const used = method ?? known.payment_method;
  if (!used)
    throw invalidRequest(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      undefined,
      'payment_intent_unexpected_state',
    );
  const url = `${books.context.publicUrl}/payment/${id}`;
  const outcome = payIntent(books, known, { method: methodOf(books, used, at), authenticationUrl: url }, at);
  if (outcome.kind === 'declined') throw cardFault(outcome.error);
  return books.need('payment_intent', id);
}

export const paymentRoutes = [
  route('POST', '/v1/payment_intents', intent, ({ books, params }) => {
    const customer = params.customer ? books.need('customer', params.customer, 'customer') : null;
    const input = {
      ...params,
      currency: params.currency.toLowerCase(),
      customer: customer?.id ?? null,
      clock: customer?.test_clock ?? null,
    };
    const made = books.add(newPaymentIntent(input, books.timeOf(customer)), 'payment_intent.created');
    return params.confirm
      ? confirmIntent(books, made.id, params.payment_method)
      : books.save({ ...made, payment_method: params.payment_method ?? null });
  }),
  route('POST', '/v1/payment_intents/:id/confirm', confirm, ({ books, id, params }) =>
    confirmIntent(books, id, params.payment_method),
  ),
  route('GET', '/v1/payment_intents/:id', bare, ({ books, id }) => books.need('payment_intent', id)),
  route('POST', '/v1/payment_intents/:id', labels, ({ books, id, params }) => {
    const known = books.need('payment_intent', id);
    return books.save({ ...known, metadata: mergeMetadata(known.metadata, params.metadata) });
  }),
  route('GET', '/v1/payment_intents', z.strictObject(byCustomer), ({ books, params }) =>
    listOf(books, 'payment_intent', params, { filter: { customer: params.customer } }),
  ),
  route('GET', '/v1/charges/:id', bare, ({ books, id }) => books.need('charge', id)),
  route('POST', '/v1/charges/:id', labels, ({ books, id, params }) => {
    const known = books.need('charge', id);
    const at = books.timeOf(customerOf(books, known.customer));
    return books.change({ ...known, metadata: mergeMetadata(known.metadata, params.metadata) }, at, 'charge.updated');
  }),
  route('GET', '/v1/charges', z.strictObject({ ...byCustomer, payment_intent: text.optional() }), ({ books, params }) =>
    listOf(books, 'charge', params, {
      filter: {
        customer: params.customer,
        payment_intent: params.payment_intent,
      },
    }),
  ),
  route('POST', '/v1/refunds', refund, ({ books, params }) => {
    const charge = refundedCharge(books, params);
    const at = books.timeOf(customerOf(books, charge.customer));
    return refundCharge(
      books,
      charge,
      { amount: params.amount, reason: params.reason ?? null, metadata: params.metadata ?? {} },
      at,
    );
  }),
  route('GET', '/v1/refunds/:id', bare, ({ books, id }) => books.need('refund', id)),
  route('POST', '/v1/refunds/:id', labels, ({ books, id, params }) => {
    const known = books.need('refund', id);
    const at = books.timeOf(customerOf(books, known.customer));
    return books.change({ ...known, metadata: mergeMetadata(known.metadata, params.metadata) }, at, 'refund.updated');
  }),
  route(
    'GET',
    '/v1/refunds',
    z.strictObject({ ...listFields, charge: text.optional(), payment_intent: text.optional() }),
    ({ books, params }) =>
      listOf(books, 'refund', params, { filter: { charge: params.charge, payment_intent: params.payment_intent } }),
  ),
  route('GET', '/v1/setup_intents', z.strictObject(byCustomer), ({ books, params }) =>
    listOf(books, 'setup_intent', params, { filter: { customer: params.customer } }),
  ),
  route('GET', '/v1/setup_intents/:id', bare, ({ books, id }) => books.need('setup_intent', id)),
  route('GET', '/v1/setup_intents', z.strictObject(byCustomer), ({ books, params }) =>
    listOf(books, 'setup_intent', params, { filter: { customer: params.customer } }),
  ),
  route(
    'GET',
    '/v1/invoice_payments',
    z.strictObject({
      ...listFields,
      invoice: text.optional(),
      status: z.enum(['canceled', 'open', 'paid']).optional(),
      payment: z.strictObject({ type: z.enum(['payment_intent']), payment_intent: text.optional() }).optional(),
    }),
    ({ books, params }) => {
      const filter = { invoice: params.invoice, payment_intent: params.payment?.payment_intent };
      return listOf(books, 'invoice_payment', params, {
        filter,
        accept: ({ status }) => !params.status || params.status === status,
      });
    },
  ),
  route('GET', '/v1/invoice_payments/:id', bare, ({ books, id }) => books.need('invoice_payment', id)),
];
