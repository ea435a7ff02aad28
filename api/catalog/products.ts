import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { Product } from '../../db/entities/product.ts';
import { archiveWarning, goingOnOfProduct } from '../../db/purchase/going-on.ts';
import { listProducts } from '../../db/catalog/offers.ts';
import { NEWEST } from '../../db/page.ts';
import { given } from '../../db/given.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { notFound } from '../http/problem.ts';
import { checkQuota } from '../platform/check-quota.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { idParams, pageOf, pageQuery, truth } from '../http/fields.ts';
import { archivedProduct, goesOn, newProduct, productChange, productSchema } from './offer-schema.ts';
import { CONTENT, EVERYBODY } from '../auth/roles.ts';

const shows = fieldsOf(Product);
const tag = 'Products';
const one = { path: '/v1/products/{productId}', tag, params: idParams('productId') } as const;

const toApiProduct = ({ id, name, url, description, imageUrl, archivedAt, createdAt }: Product) => ({
  id,
  name,
  url,
  description,
  imageUrl,
  archivedAt,
  createdAt,
});

async function theProduct({ em, params }: AccountCall<{ productId: string }, unknown, unknown>): Promise<Product> {
  const product = await em.findOne(Product, { id: params.productId });
  if (!product) throw notFound('product');
  return product;
}

const create = defineRoute({
  method: 'post',
  path: '/v1/products',
  tag,
  operationId: 'createProduct',
  audit: { kind: 'product.created', shows },
  location: '/v1/products/{id}',
  summary: 'Make a product: what access is given to',
  roles: CONTENT,
  body: newProduct,
  example: { name: 'Drawing for beginners', url: 'https://example.com/drawing' },
  answers: { 201: productSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    await checkQuota(em, 'products');
    const made = { id: uuid(), accountId: account.id, archivedAt: null, archivedByQuota: false, createdAt: now };
    const product = { ...body, ...made };
    await em.insert(Product, product);
    return { status: 201, body: toApiProduct(product) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/products',
  tag,
  operationId: 'listProducts',
  summary: 'List products, the newest first',
  roles: EVERYBODY,
  query: z.strictObject({ ...pageQuery, archived: truth.optional() }),
  answers: { 200: pageOf(productSchema) },
  async handle({ em, query: { limit, cursor, ...filter } }) {
    const page = await listProducts(em, filter, readPage({ limit, cursor }, NEWEST));
    return { status: 200, body: toApiPage(page, toApiProduct) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getProduct',
  summary: 'Read a product',
  roles: EVERYBODY,
  answers: { 200: productSchema },
  handle: async (call) => ({ status: 200, body: toApiProduct(await theProduct(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateProduct',
  audit: { kind: 'product.changed', shows },
  summary: 'Change a product: its name, and what customers see of it',
  roles: CONTENT,
  body: productChange,
  example: { name: 'Drawing for everybody' },
  answers: { 200: productSchema },
  async handle(call) {
    const product = await theProduct(call);
    Object.assign(product, given(call.body));
    await call.em.flush();
    return { status: 200, body: toApiProduct(product) };
  },
});

const goingOn = defineRoute({
  method: 'get',
  path: '/v1/products/{productId}/going-on',
  tag,
  operationId: 'countGoingOnOfProduct',
  summary: 'Count what archiving a product would leave as it is',
  roles: EVERYBODY,
  params: one.params,
  answers: { 200: goesOn },
  handle: async (call) => ({
    status: 200,
    body: await goingOnOfProduct(call.em, (await theProduct(call)).id, call.now),
  }),
});

const archive = defineRoute({
  method: 'post',
  path: '/v1/products/{productId}/archive',
  tag,
  operationId: 'archiveProduct',
  audit: { kind: 'product.archived', shows },
  summary: 'Archive a product; what was sold goes on',
  description: 'Cancels nothing: billing and access of existing purchases go on, and the answer says how many.',
  roles: CONTENT,
  params: one.params,
  answers: { 200: archivedProduct },
  async handle(call) {
    const product = await theProduct(call);
    product.archivedAt ??= call.now;
    await call.em.flush();
    const counts = await goingOnOfProduct(call.em, product.id, call.now);
    return { status: 200, body: { product: toApiProduct(product), warning: archiveWarning(counts), goesOn: counts } };
  },
});

const unarchive = defineRoute({
  method: 'post',
  path: '/v1/products/{productId}/unarchive',
  tag,
  operationId: 'unarchiveProduct',
  audit: { kind: 'product.unarchived', shows },
  summary: 'Bring an archived product back: new offers can bundle it again',
  roles: CONTENT,
  params: one.params,
  answers: { 200: productSchema },
  problems: [409],
  async handle(call) {
    const product = await theProduct(call);
    if (product.archivedAt !== null) await checkQuota(call.em, 'products');
    Object.assign(product, { archivedAt: null, archivedByQuota: false });
    await call.em.flush();
    return { status: 200, body: toApiProduct(product) };
  },
});

export const productRoutes = { create, list, read, change, goingOn, archive, unarchive };
