import { z } from 'zod';
import { newId } from '../data/ids.ts';
import type { Shown, BalanceTransaction } from '../data/docs.ts';
import { expand, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';

const create = z.strictObject({
  amount: integer,
  currency: text,
  description: text.optional(),
  metadata: metadata.optional(),
  expand,
});

const PATH = '/v1/customers/:id/balance_transactions';

/** A positive amount is owed by the customer; a negative one is a credit. */
export const customerBalanceRoutes = [
  route('POST', PATH, create, ({ books, id, params }) => {
    const customer = books.need('customer', id);
    const at = books.timeOf(customer);
    const balance = customer.balance + params.amount;
    books.change({ ...customer, balance, currency: customer.currency ?? params.currency }, at, 'customer.updated');
    const made: Shown<BalanceTransaction> = {
      id: newId('customer_balance_transaction'),
      object: 'customer_balance_transaction',
      amount: params.amount,
      checkout_session: null,
      created: at,
      credit_note: null,
      currency: params.currency,
      customer: id,
      customer_account: null,
      description: params.description ?? null,
      ending_balance: balance,
      invoice: null,
      livemode: false,
      metadata: params.metadata ?? {},
      type: 'adjustment',
      _clock: customer.test_clock,
    };
    return books.save(made);
  }),
  route('GET', PATH, z.strictObject(listFields), ({ books, id, params }) =>
    listOf(books, 'customer_balance_transaction', params, {
      filter: { customer: books.need('customer', id).id },
      url: PATH.replace(':id', id),
    }),
  ),
];
