import { z } from 'zod';
import { endSubscription } from '../billing/end.ts';
import type { Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { emptyable, expand, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { attachMethod, methodOf, ownMethod } from '../payments/methods.ts';
import { newCustomer } from '../shapes/catalog.ts';
import { mergeMetadata } from './metadata.ts';

const CUSTOMERS_PER_CLOCK = 3;

const fields = {
  description: emptyable(text).optional(),
  email: emptyable(text).optional(),
  metadata: metadata.optional(),
  expand,
  name: emptyable(text).optional(),
  phone: emptyable(text).optional(),
  balance: integer.optional(),
  invoice_settings: z
    .strictObject({ default_payment_method: emptyable(text).optional(), ...ignored('footer', 'custom_fields') })
    .optional(),
  ...ignored('address', 'shipping', 'preferred_locales', 'tax_exempt', 'tax'),
};
const create = z.strictObject({ ...fields, payment_method: text.optional(), test_clock: text.optional() });
const update = z.strictObject(fields);
const list = z.strictObject({ ...listFields, email: text.optional(), test_clock: text.optional() });

export const customerRoutes = [
  route('POST', '/v1/customers', create, ({ books, params }) => {
    checkClock(books, params.test_clock);
    const at = books.timeOf({ test_clock: params.test_clock ?? null });
    const customer = newCustomer(params, at);
    customer.balance = params.balance ?? 0;
    books.add(customer, 'customer.created');
    if (!params.payment_method) return customer;
    const method = attachMethod(books, methodOf(books, params.payment_method, at), customer, at);
    const wanted = params.invoice_settings?.default_payment_method;
    if (wanted)
      customer.invoice_settings.default_payment_method = wanted === params.payment_method ? method.id : wanted;
    return books.save(customer);
  }),
  route('GET', '/v1/customers/:id', z.strictObject({ expand }), ({ books, id }) => books.need('customer', id)),
  route('POST', '/v1/customers/:id', update, ({ books, id, params }) => {
    const known = books.need('customer', id);
    const at = books.timeOf(known);
    const { email = known.email, name = known.name, balance = known.balance } = params;
    const changed = { ...known, email, name, balance, metadata: mergeMetadata(known.metadata, params.metadata) };
    const method = params.invoice_settings?.default_payment_method;
    if (method) ownMethod(books, method, id, 'invoice_settings[default_payment_method]');
    if (method !== undefined) changed.invoice_settings = { ...known.invoice_settings, default_payment_method: method };
    return books.change(changed, at, 'customer.updated');
  }),
  route('DELETE', '/v1/customers/:id', z.strictObject({ expand }), ({ books, id }) => {
    const known = books.need('customer', id);
    const at = books.timeOf(known);
    for (const subscription of books.all('subscription', { customer: id })) {
      if (!hasEnded(subscription)) endSubscription(books, subscription, { as: 'canceled', reason: null }, at);
    }
    books.remove(id);
    books.emit('customer.deleted', known, at);
    return { id, object: 'customer', deleted: true };
  }),
  route('GET', '/v1/customers', list, ({ books, params }) =>
    listOf(books, 'customer', params, {
      accept: ({ email, test_clock }) => {
        return (
          (params.email === undefined || params.email === email) &&
          (params.test_clock === undefined || params.test_clock === test_clock)
        );
      },
    }),
  ),
];

function checkClock(books: Books, id: string | undefined): void {
  if (!id) return;
  books.need('test_helpers.test_clock', id, 'test_clock');
  const taken = books.all('customer', { clock: id }).length;
  if (taken >= CUSTOMERS_PER_CLOCK)
    throw invalidRequest(`A test clock can have at most ${CUSTOMERS_PER_CLOCK} customers.`, 'test_clock');
}
