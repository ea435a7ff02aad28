import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import { goingOnOfOffer } from '../../db/queries/going-on.ts';
import { findPage, NEWEST } from '../../db/queries/page.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { invalid, notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall, type Route } from '../http/route.ts';
import { idParams, pageOf, pageQuery } from '../schemas/fields.ts';
import { archivedOffer, newOffer, offerChange, offerSchema } from '../schemas/offer.ts';
import { BILLING, EVERYBODY } from './roles.ts';

const tag = 'Offers';
const one = { path: '/v1/offers/{offerId}', tag, params: idParams('offerId') } as const;

const toApiOffer = (offer: Offer) => ({
  id: offer.id,
  name: offer.name,
  productIds: offer.productIds,
  price: offer.price,
  refundWindowDays: offer.refundWindowDays,
  accessDays: offer.accessDays,
  accessStartsAt: offer.accessStartsAt,
  emailsOff: offer.emailsOff,
  archivedAt: offer.archivedAt,
  createdAt: offer.createdAt,
});

async function theOffer({ em, account, params }: AccountCall<{ offerId: string }, unknown, unknown>): Promise<Offer> {
  const offer = await em.findOne(Offer, { id: params.offerId, accountId: account.id });
  if (!offer) throw notFound('offer');
  return offer;
}

async function checkProducts(em: EntityManager, accountId: string, productIds: string[]): Promise<void> {
  if (new Set(productIds).size !== productIds.length) throw invalid('productIds', 'must name each product once');
  const known = await em.count(Product, { id: { $in: productIds }, accountId, archivedAt: null });
  if (known !== productIds.length) throw invalid('productIds', 'must name products that are there', 'unknown_product');
}

const create = defineRoute({
  method: 'post',
  path: '/v1/offers',
  tag,
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
    await checkProducts(em, account.id, body.productIds);
    const stripe = { stripeProductId: null, stripePriceId: null, stripeFeePriceId: null };
    const offer = { ...body, ...stripe, id: uuid(), accountId: account.id, archivedAt: null, createdAt: now };
    await em.insert(Offer, offer);
    return { status: 201, body: toApiOffer(offer) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/offers',
  tag,
  summary: 'List offers, the newest first',
  roles: EVERYBODY,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(offerSchema) },
  async handle({ em, account, query }) {
    const page = await findPage(
      em,
      Offer,
      { order: NEWEST, where: { accountId: account.id } },
      readPage(query, NEWEST),
    );
    return { status: 200, body: toApiPage(page, toApiOffer) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  summary: 'Read an offer',
  roles: EVERYBODY,
  answers: { 200: offerSchema },
  handle: async (call) => ({ status: 200, body: toApiOffer(await theOffer(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  summary: 'Change an offer; what was sold stays as it was sold',
  roles: BILLING,
  body: offerChange,
  example: { refundWindowDays: 14, accessDays: null },
  answers: { 200: offerSchema },
  async handle(call) {
    const offer = await theOffer(call);
    if (call.body.productIds) await checkProducts(call.em, call.account.id, call.body.productIds);
    const given = Object.entries(call.body).filter(([, value]) => value !== undefined);
    Object.assign(offer, Object.fromEntries(given));
    await call.em.flush();
    return { status: 200, body: toApiOffer(offer) };
  },
});

const archive = defineRoute({
  method: 'post',
  path: '/v1/offers/{offerId}/archive',
  tag,
  summary: 'Archive an offer; what was sold goes on',
  description: 'Cancels nothing: billing and access of existing purchases go on, and the answer says how many [R4.4].',
  roles: BILLING,
  params: one.params,
  answers: { 200: archivedOffer },
  async handle(call) {
    const offer = await theOffer(call);
    offer.archivedAt ??= call.now;
    await call.em.flush();
    const goesOn = await goingOnOfOffer(call.em, call.account.id, offer.id);
    const warning = `Archiving cancels nothing: ${goesOn.livePurchases} purchases are billed and ${goesOn.purchasesWithAccess} give access as before.`;
    return { status: 200, body: { offer: toApiOffer(offer), warning, goesOn } };
  },
});

export const offerRoutes: Route[] = [create, list, read, change, archive];
