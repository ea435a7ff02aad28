import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import { archiveOfferWarning, goingOnOfOffer } from '../../db/purchase/going-on.ts';
import { listOffers, productsOf } from '../../db/catalog/offers.ts';
import { NEWEST } from '../../db/page.ts';
import { given } from '../../db/given.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { givenId, idParams, pageOf, pageQuery, truth } from '../http/fields.ts';
import { archivedOffer, newOffer, offerChange, offerGoesOn, offerSchema, toApiEmailsOff } from './offer-schema.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';
import { theOffer } from './the-offer.ts';

const shows = fieldsOf(Offer);
const tag = 'Offers';
const one = { path: '/v1/offers/{offerId}', tag, params: idParams('offerId') } as const;

const toApiOffer = (offer: Offer, products: Map<string, Product>) => ({
  id: offer.id,
  name: offer.name,
  description: offer.description,
  imageUrl: offer.imageUrl,
  productIds: offer.productIds,
  products: offer.productIds.flatMap((id) => {
    const product = products.get(id);
    return product ? [{ id, name: product.name, archivedAt: product.archivedAt }] : [];
  }),
  price: offer.price,
  refundWindowDays: offer.refundWindowDays,
  refundWindowOnce: offer.refundWindowOnce,
  accessDays: offer.accessDays,
  accessStartsAt: offer.accessStartsAt,
  emailsOff: toApiEmailsOff(offer.emailsOff),
  requires: offer.requires,
  group: offer.groupName,
  cancelBy: offer.cancelBy,
  repeatable: offer.repeatable,
  credits: offer.credits,
  officeHours: offer.officeHours,
  quotas: offer.quotas,
  features: offer.features,
  quotaFactor: offer.quotaFactor,
  archivedAt: offer.archivedAt,
  createdAt: offer.createdAt,
});

const withProducts = async (em: Scoped, offer: Offer) => toApiOffer(offer, await productsOf(em, [offer]));

/** What the offer bundles already may stay, even if it has been archived since. */
async function checkProducts(em: Scoped, productIds: string[], bundled: readonly string[] = []): Promise<void> {
  if (new Set(productIds).size !== productIds.length) throw invalid('productIds', 'must name each product once');
  const added = productIds.filter((id) => !bundled.includes(id));
  const known = await em.count(Product, { id: { $in: added }, archivedAt: null });
  if (known !== added.length) throw invalid('productIds', 'must name products that are there', 'unknown_product');
}

/** What the offer requires already may stay, even if it has been archived since. */
async function checkRequires(em: Scoped, asked: string[], { id, requires }: { id?: string; requires?: string[] } = {}) {
  if (new Set(asked).size !== asked.length) throw invalid('requires', 'must name each offer once');
  if (asked.some((one) => one === id)) throw invalid('requires', 'must name other offers than this one');
  const added = asked.filter((one) => !requires?.includes(one));
  const known = await em.count(Offer, { id: { $in: added }, archivedAt: null });
  if (known !== added.length) throw invalid('requires', 'must name offers that are there');
}

const create = defineRoute({
  method: 'post',
  path: '/v1/offers',
  tag,
  operationId: 'createOffer',
  audit: { kind: 'offer.created', shows },
  location: '/v1/offers/{id}',
  summary: 'Make an offer: one price for one or more products',
  roles: BILLING,
  body: newOffer,
  example: {
    name: 'Drawing, monthly',
    productIds: ['018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e'],
    price: { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month', trialDays: 14 },
  },
  answers: { 201: offerSchema },
  async handle({ em, account, now, body }) {
    await checkProducts(em, body.productIds);
    await checkRequires(em, body.requires);
    const { group: groupName, ...asked } = body;
    const offer = {
      ...asked,
      groupName,
      id: uuid(),
      accountId: account.id,
      activationSince: null,
      archivedAt: null,
      createdAt: now,
    };
    await em.insert(Offer, offer);
    return { status: 201, body: await withProducts(em, offer) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/offers',
  tag,
  operationId: 'listOffers',
  summary: 'List offers, the newest first',
  roles: EVERYBODY,
  query: z.strictObject({
    ...pageQuery,
    archived: truth.optional(),
    productId: givenId.optional().describe('Offers that bundle it.'),
  }),
  answers: { 200: pageOf(offerSchema) },
  async handle({ em, query: { limit, cursor, ...filter } }) {
    const page = await listOffers(em, filter, readPage({ limit, cursor }, NEWEST));
    const products = await productsOf(em, page.rows);
    return { status: 200, body: toApiPage(page, (offer) => toApiOffer(offer, products)) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getOffer',
  summary: 'Read an offer',
  roles: EVERYBODY,
  answers: { 200: offerSchema },
  handle: async (call) => ({ status: 200, body: await withProducts(call.em, await theOffer(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateOffer',
  audit: { kind: 'offer.changed', shows },
  summary: 'Change an offer; what was sold stays as it was sold',
  roles: BILLING,
  body: offerChange,
  example: { refundWindowDays: 14, accessDays: null },
  answers: { 200: offerSchema },
  async handle(call) {
    const offer = await theOffer(call);
    if (call.body.productIds) await checkProducts(call.em, call.body.productIds, offer.productIds);
    if (call.body.requires) await checkRequires(call.em, call.body.requires, offer);
    const { group, ...asked } = call.body;
    Object.assign(offer, given({ ...asked, groupName: group }));
    await call.em.flush();
    return { status: 200, body: await withProducts(call.em, offer) };
  },
});

const goingOn = defineRoute({
  method: 'get',
  path: '/v1/offers/{offerId}/going-on',
  tag,
  operationId: 'countGoingOnOfOffer',
  summary: 'Count what archiving an offer would leave as it is',
  roles: EVERYBODY,
  params: one.params,
  answers: { 200: offerGoesOn },
  handle: async (call) => ({
    status: 200,
    body: await goingOnOfOffer(call.em, (await theOffer(call)).id, call.now),
  }),
});

const archive = defineRoute({
  method: 'post',
  path: '/v1/offers/{offerId}/archive',
  tag,
  operationId: 'archiveOffer',
  audit: { kind: 'offer.archived', shows },
  summary: 'Archive an offer; what was sold goes on',
  description: 'Cancels nothing: billing and access of existing purchases go on, and the answer says how many.',
  roles: BILLING,
  params: one.params,
  answers: { 200: archivedOffer },
  async handle(call) {
    const offer = await theOffer(call);
    offer.archivedAt ??= call.now;
    await call.em.flush();
    const counts = await goingOnOfOffer(call.em, offer.id, call.now);
    const body = { offer: await withProducts(call.em, offer), warning: archiveOfferWarning(counts), goesOn: counts };
    return { status: 200, body };
  },
});

const unarchive = defineRoute({
  method: 'post',
  path: '/v1/offers/{offerId}/unarchive',
  tag,
  operationId: 'unarchiveOffer',
  audit: { kind: 'offer.unarchived', shows },
  summary: 'Bring an archived offer back: it can be bought and granted again',
  roles: BILLING,
  params: one.params,
  answers: { 200: offerSchema },
  async handle(call) {
    const offer = await theOffer(call);
    offer.archivedAt = null;
    await call.em.flush();
    return { status: 200, body: await withProducts(call.em, offer) };
  },
});

export const offerRoutes = { create, list, read, change, goingOn, archive, unarchive };
