import { given } from '../data/doc.ts';
import { z } from 'zod';
import { invalidRequest } from '../protocol/fault.ts';
import { expand, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { attachMethod, detachMethod, methodOf } from '../payments/methods.ts';
import { expiryAfter, readCard } from '../payments/read-card.ts';
import { numberOfToken } from '../protocol/test-cards.ts';
import { newPaymentMethod } from '../shapes/catalog.ts';
import { mergeMetadata } from './metadata.ts';

const billing_details = z
  .strictObject({ name: text.optional(), email: text.optional(), ...ignored('address', 'phone', 'tax_id') })
  .optional();

const card = z.union([
  z.strictObject({ token: text }),
  z.strictObject({ number: text, exp_month: integer, exp_year: integer, cvc: text.optional() }),
]);
const create = z.strictObject({
  type: z.enum(['card']),
  card,
  billing_details,
  metadata: metadata.optional(),
  expand,
  ...ignored('allow_redisplay'),
});
const update = z.strictObject({
  billing_details,
  card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
  metadata: metadata.optional(),
  expand,
  ...ignored('allow_redisplay'),
});
const list = z.strictObject({ ...listFields, customer: text.optional(), type: text.optional() });
const ofCustomer = z.strictObject({ ...listFields, type: text.optional() });

export const paymentMethodRoutes = [
  route('POST', '/v1/payment_methods', create, ({ books, params }) => {
    const at = books.context.now();
    const { billing_details: details, metadata: labels } = params;
    const more = { name: details?.name, email: details?.email, metadata: labels };
    if (!('token' in params.card)) return books.add(newPaymentMethod({ ...readCard(params.card, at), ...more }, at));
    const number = numberOfToken(params.card.token);
    if (!number) throw invalidRequest(`No such token: '${params.card.token}'`, 'card[token]', 'resource_missing');
    return books.add(newPaymentMethod({ number, ...expiryAfter(at), ...more }, at));
  }),
  route('GET', '/v1/payment_methods/:id', z.strictObject({ expand }), ({ books, id }) =>
    books.need('payment_method', id),
  ),
  route('POST', '/v1/payment_methods/:id', update, ({ books, id, params }) => {
    const known = books.need('payment_method', id);
    const changed = {
      ...known,
      card: { ...known.card, ...given(params.card) },
      metadata: mergeMetadata(known.metadata, params.metadata),
    };
    changed.billing_details = { ...known.billing_details, ...given(params.billing_details) };
    return books.change(changed, books.context.now(), 'payment_method.updated');
  }),
  route(
    'POST',
    '/v1/payment_methods/:id/attach',
    z.strictObject({ customer: text, expand }),
    ({ books, id, params }) => {
      const customer = books.need('customer', params.customer, 'customer');
      const at = books.timeOf(customer);
      const method = methodOf(books, id, at, 'id');
      if (method.customer && method.customer !== customer.id) {
        throw invalidRequest(
          'The payment method you provided has already been attached to a customer.',
          'payment_method',
          'payment_method_unexpected_state',
        );
      }
      return attachMethod(books, method, customer, at);
    },
  ),
  route('POST', '/v1/payment_methods/:id/detach', z.strictObject({ expand }), ({ books, id }) => {
    const method = books.need('payment_method', id);
    if (!method.customer) {
      throw invalidRequest(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
        'payment_method',
        'payment_method_unexpected_state',
      );
    }
    return detachMethod(books, method, books.customerTime(method.customer));
  }),
  route('GET', '/v1/payment_methods', list, ({ books, params }) =>
    listOf(books, 'payment_method', params, { filter: { customer: params.customer } }),
  ),
  route('GET', '/v1/customers/:id/payment_methods', ofCustomer, ({ books, id, params }) => {
    books.need('customer', id);
    return listOf(books, 'payment_method', params, {
      filter: { customer: id },
      url: `/v1/customers/${id}/payment_methods`,
    });
  }),
];
