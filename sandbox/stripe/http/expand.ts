import { type Books, visible } from '../data/books.ts';
import type { Doc, Kind } from '../data/docs.ts';
import { deliveriesLeft } from '../data/deliveries.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { wholeList } from '../resources/lists.ts';

const KIND_OF_PREFIX: Record<string, Kind> = {
  prod: 'product',
  price: 'price',
  cus: 'customer',
  pm: 'payment_method',
  sub: 'subscription',
  in: 'invoice',
  pi: 'payment_intent',
  seti: 'setup_intent',
  ch: 'charge',
  re: 'refund',
  dp: 'dispute',
  promo: 'promotion_code',
  di: 'discount',
  cs: 'checkout.session',
  clock: 'test_helpers.test_clock',
};

type Json = Record<string, unknown>;

/** Lists that an object carries only when asked for. */
const INCLUDABLE: Record<string, (books: Books, owner: Json & { id: string }) => unknown> = {
  'invoice.payments': (books, { id }) =>
    wholeList(books.all('invoice_payment', { invoice: id }), `/v1/invoices/${id}/payments`),
  'charge.refunds': (books, { id }) =>
    wholeList(books.all('refund', { charge: id }).reverse(), `/v1/charges/${id}/refunds`),
  'customer.subscriptions': (books, { id }) =>
    wholeList(
      books.all('subscription', { customer: id }).filter(({ status }) => status !== 'canceled'),
      `/v1/customers/${id}/subscriptions`,
    ),
  'checkout.session.line_items': (books, { id }) =>
    wholeList(books.need('checkout.session', id)._lines, `/v1/checkout/sessions/${id}/line_items`),
};

/** The answer as the API shows it: own fields away, asked-for ids replaced by their objects. */
export function present(books: Books, answer: unknown, expand: string[]): unknown {
  const shown = show(books, answer);
  for (const path of expand) expandAt(books, shown, path.split('.'), path);
  return shown;
}

function show(books: Books, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => show(books, entry));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Json;
  if (object.object === 'list') return { ...object, data: show(books, object.data) };
  const shown = visible(object as unknown as Doc);
  return object.object === 'event'
    ? { ...shown, livemode: false, pending_webhooks: deliveriesLeft(books.context, String(object.id)) }
    : shown;
}

function expandAt(books: Books, node: unknown, path: string[], whole: string): void {
  const [name, ...rest] = path;
  if (name === undefined || node === null) return;
  if (Array.isArray(node)) return node.forEach((entry) => expandAt(books, entry, path, whole));
  const object = node as Json;
  // What is deleted has nothing more to show.
  if (object.deleted === true) return;
  const value = object[name] ?? include(books, object, name);
  if (value === undefined) throw invalidRequest(`This property cannot be expanded (${whole}).`, 'expand');
  const loaded = (one: unknown) => (typeof one === 'string' ? load(books, one, whole) : one);
  const known = Array.isArray(value) ? value.map(loaded) : loaded(value);
  object[name] = known;
  expandAt(books, known, rest, whole);
}

function include(books: Books, owner: Json, name: string): unknown {
  const list = INCLUDABLE[`${String(owner.object)}.${name}`]?.(books, owner as Json & { id: string });
  return list === undefined ? owner[name] : show(books, list);
}

function load(books: Books, id: string, whole: string): unknown {
  // A coupon's id may be any text.
  const kind = KIND_OF_PREFIX[id.split('_')[0] ?? ''] ?? 'coupon';
  const found = books.find(kind, id);
  // Whatever names a customer goes on naming it.
  if (!found && kind === 'customer') return { id, object: 'customer', deleted: true };
  if (!found) throw invalidRequest(`This property cannot be expanded (${whole}).`, 'expand');
  return show(books, found);
}
