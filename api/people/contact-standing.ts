import { z } from 'zod';
import { Product } from '../../db/entities/product.ts';
import { totalsOfContact } from '../../db/money/money-totals.ts';
import { explainAccess } from '../../db/purchase/explain-access.ts';
import { NO_REACH } from '../../workflows/domain/access.ts';
import { EVERYBODY, MONEY_READERS } from '../auth/roles.ts';
import { givenId, idParams } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { paymentTotals } from '../platform/overview-schema.ts';
import { toApiAccess } from '../purchase/access-view.ts';
import { accessSchema } from './contact-schema.ts';
import { theContact } from './the-contact.ts';

const tag = 'Contacts';
const one = { params: idParams('contactId') };

const access = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/access',
  tag,
  operationId: 'explainAccess',
  summary: 'Explain whether a contact reaches a product, and why',
  roles: EVERYBODY,
  params: one.params,
  query: z.strictObject({ productId: givenId }),
  answers: { 200: accessSchema },
  async handle(call) {
    const { em, now, query } = call;
    const contact = await theContact(call);
    const product = await em.findOne(Product, { id: query.productId });
    if (!product) throw notFound('product');
    const { products, emails } = await explainAccess(em, contact.id, now);
    const explained = products.find(({ productId }) => productId === product.id);
    const nothing = { productId: product.id, productName: product.name, reach: NO_REACH, ways: [] };
    return { status: 200, body: toApiAccess(contact.id, explained ?? nothing, emails) };
  },
});

const products = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/products',
  tag,
  operationId: 'listProductsOfContact',
  summary: 'Explain access to every product that a contact has ever bought or been granted',
  roles: EVERYBODY,
  params: one.params,
  answers: { 200: z.strictObject({ data: z.array(accessSchema) }) },
  async handle(call) {
    const contact = await theContact(call);
    const explained = await explainAccess(call.em, contact.id, call.now);
    const data = explained.products.map((product) => toApiAccess(contact.id, product, explained.emails));
    return { status: 200, body: { data } };
  },
});

const totals = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/totals',
  tag,
  operationId: 'addUpPaymentsOfContact',
  summary: 'Add up what a contact has paid and got back, by currency',
  roles: MONEY_READERS,
  params: one.params,
  answers: { 200: z.strictObject({ data: z.array(paymentTotals) }) },
  async handle(call) {
    const contact = await theContact(call);
    return { status: 200, body: { data: await totalsOfContact(call.em, contact.id) } };
  },
});

export const contactStandingRoutes = { access, products, totals };
