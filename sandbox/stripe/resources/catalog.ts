import { z } from 'zod';
import { isEven } from '../protocol/money.ts';
import type { Books } from '../data/books.ts';
import type { Price } from '../data/docs.ts';
import { emptyable, expand, flag, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { newPrice, newProduct } from '../shapes/catalog.ts';
import { mergeMetadata } from './metadata.ts';

const decoration = ignored(
  'images',
  'tax_code',
  'unit_label',
  'url',
  'shippable',
  'statement_descriptor',
  'marketing_features',
);
const product = z.strictObject({
  active: flag.optional(),
  description: text.optional(),
  id: text.optional(),
  metadata: metadata.optional(),
  name: text,
  expand,
  ...decoration,
});
const productUpdate = z.strictObject({
  active: flag.optional(),
  description: emptyable(text).optional(),
  metadata: metadata.optional(),
  name: text.optional(),
  expand,
  default_price: text.optional(),
  ...decoration,
});

export const recurring = z.strictObject({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: integer.optional(),
  ...ignored('usage_type'),
});

const price = z.strictObject({
  active: flag.optional(),
  currency: text,
  lookup_key: text.optional(),
  metadata: metadata.optional(),
  nickname: text.optional(),
  product: text.optional(),
  recurring: recurring.optional(),
  unit_amount: integer.optional(),
  expand,
  product_data: z
    .strictObject({ name: text, id: text.optional(), metadata: metadata.optional(), active: flag.optional() })
    .optional(),
  billing_scheme: z.enum(['per_unit']).optional(),
  ...ignored('tax_behavior', 'transfer_lookup_key'),
});

const priceUpdate = z.strictObject({
  active: flag.optional(),
  metadata: metadata.optional(),
  nickname: emptyable(text).optional(),
  lookup_key: text.optional(),
  expand,
});

export interface PriceParams {
  currency: string;
  product: string;
  unit_amount: number | undefined;
  recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number | undefined } | undefined;
}

/** Checks and makes a price; also the one behind an inline `price_data`. */
export function makePrice(
  books: Books,
  params: PriceParams & { [Name in 'active' | 'metadata' | 'lookup_key' | 'nickname']?: Price[Name] | undefined },
): Price {
  books.need('product', params.product, 'product');
  if (params.unit_amount === undefined)
    throw invalidRequest('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (params.unit_amount < 0)
    throw invalidRequest('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  if (!/^[a-zA-Z]{3}$/.test(params.currency)) throw invalidRequest(`Invalid currency: ${params.currency}.`, 'currency');
  if (!isEven(params.unit_amount, params.currency))
    throw invalidRequest(
      'Invalid amount: its last digits must be zero in this currency.',
      'unit_amount',
      'parameter_invalid_integer',
    );
  const rhythm = params.recurring
    ? { interval: params.recurring.interval, interval_count: params.recurring.interval_count ?? 1 }
    : null;
  return newPrice({ ...params, unit_amount: params.unit_amount, recurring: rhythm }, books.context.now());
}

export const catalogRoutes = [
  route('POST', '/v1/products', product, ({ books, params }) => {
    if (params.id && books.find('product', params.id)) {
      throw invalidRequest(`Product already exists.`, 'id', 'resource_already_exists');
    }
    return books.add(newProduct(params, books.context.now()), 'product.created');
  }),
  route('GET', '/v1/products/:id', z.strictObject({ expand }), ({ books, id }) => books.need('product', id)),
  route('POST', '/v1/products/:id', productUpdate, ({ books, id, params }) => {
    const known = books.need('product', id);
    const { name = known.name, active = known.active, description = known.description } = params;
    const at = books.context.now();
    const changed = {
      ...known,
      name,
      active,
      description,
      metadata: mergeMetadata(known.metadata, params.metadata),
      updated: at,
    };
    return books.change(changed, at, 'product.updated');
  }),
  route(
    'GET',
    '/v1/products',
    z.strictObject({ ...listFields, active: flag.optional(), ids: z.array(text).optional() }),
    ({ books, params }) =>
      listOf(books, 'product', params, {
        accept: ({ active, id }) => {
          return (params.active === undefined || params.active === active) && (!params.ids || params.ids.includes(id));
        },
      }),
  ),
  route('POST', '/v1/prices', price, ({ books, params }) => {
    const at = books.context.now();
    const made = params.product_data && books.add(newProduct(params.product_data, at), 'product.created');
    const ofProduct = made?.id ?? params.product;
    if (!ofProduct) throw invalidRequest('Missing required param: product.', 'product', 'parameter_missing');
    return books.add(
      makePrice(books, { ...params, product: ofProduct, unit_amount: params.unit_amount }),
      'price.created',
    );
  }),
  route('GET', '/v1/prices/:id', z.strictObject({ expand }), ({ books, id }) => books.need('price', id)),
  route('POST', '/v1/prices/:id', priceUpdate, ({ books, id, params }) => {
    const known = books.need('price', id);
    const { active = known.active, nickname = known.nickname, lookup_key = known.lookup_key } = params;
    const changed = {
      ...known,
      active,
      nickname,
      lookup_key,
      metadata: mergeMetadata(known.metadata, params.metadata),
    };
    return books.change(changed, books.context.now(), 'price.updated');
  }),
  route(
    'GET',
    '/v1/prices',
    z.strictObject({
      ...listFields,
      active: flag.optional(),
      product: text.optional(),
      lookup_keys: z.array(text).optional(),
    }),
    ({ books, params }) =>
      listOf(books, 'price', params, {
        accept: (candidate) => {
          if (params.active !== undefined && candidate.active !== params.active) return false;
          if (params.product !== undefined && candidate.product !== params.product) return false;
          return !params.lookup_keys || params.lookup_keys.includes(candidate.lookup_key ?? '');
        },
      }),
  ),
];
