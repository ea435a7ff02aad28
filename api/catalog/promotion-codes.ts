import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { endCode, findCode, listPromotionCodes, termsOfCode, usesOf } from '../../db/catalog/promotion-codes.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { promotionsAtStripe } from '../../db/catalog/at-stripe.ts';
import { NEWEST } from '../../db/page.ts';
import { stateOfCode } from '../../workflows/domain/promotion-code.ts';
import { BILLING } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery, truth } from '../http/fields.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { newPromotionCode, promotionCodeSchema } from './promotion-code-schema.ts';

const shows = fieldsOf(PromotionCode);
const tag = 'Promotion codes';
const one = { path: '/v1/promotion-codes/{promotionCodeId}', tag, params: idParams('promotionCodeId') } as const;

export type PromotionDeps = { stripe: Pick<StripeGateway, 'endPromotion'> };

function toApiCode(code: PromotionCode, uses: number, now: string): z.input<typeof promotionCodeSchema> {
  const { id, code: text, discount, offerIds, endsAt, maxUses, oncePerContact, firstPurchaseOnly } = code;
  const limits = { offerIds, endsAt, maxUses, oncePerContact, firstPurchaseOnly };
  const { percentOff, amountOffMinor, currency, duration } = discount;
  const state = stateOfCode(termsOfCode(code), uses, now);
  const { endedAt, createdAt } = code;
  return { id, code: text, percentOff, amountOffMinor, currency, duration, ...limits, state, uses, endedAt, createdAt };
}

type OneCall = AccountCall<{ promotionCodeId: string }, unknown, unknown>;

async function theCode({ em, params }: OneCall): Promise<PromotionCode> {
  const code = await em.findOne(PromotionCode, { id: params.promotionCodeId });
  if (!code) throw notFound('promotion code');
  return code;
}

const withUses = async (em: Scoped, code: PromotionCode, now: string) =>
  toApiCode(code, (await usesOf(em, [code.id])).get(code.id) ?? 0, now);

async function checkOffers(em: Scoped, offerIds: string[]): Promise<void> {
  if (new Set(offerIds).size !== offerIds.length) throw invalid('offerIds', 'must name each offer once');
  const known = await em.count(Offer, { id: { $in: offerIds } });
  if (known !== offerIds.length) throw invalid('offerIds', 'must name offers that are there');
}

const create = defineRoute({
  method: 'post',
  path: '/v1/promotion-codes',
  tag,
  operationId: 'createPromotionCode',
  audit: { kind: 'promotion_code.created', shows },
  location: '/v1/promotion-codes/{id}',
  summary: 'Make a code that takes a percentage or an amount off',
  description: 'Codes are compared without regard to case; one of a text holds at a time.',
  roles: BILLING,
  body: newPromotionCode,
  example: { code: 'SPRING', percentOff: 50, duration: { months: 3 }, maxUses: 100, oncePerContact: true },
  answers: { 201: promotionCodeSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    const { code, percentOff = null, amountOffMinor = null, currency = null, duration, ...limits } = body;
    const { offerIds = null, endsAt = null, maxUses = null, oncePerContact, firstPurchaseOnly } = limits;
    if (offerIds) await checkOffers(em, offerIds);
    if (endsAt !== null && endsAt <= now) throw invalid('endsAt', 'must lie ahead', 'instant_past');
    await makeRoom(em, await findCode(em, account.id, code), now);
    const made = {
      id: uuid(),
      accountId: account.id,
      code,
      discount: { percentOff, amountOffMinor, currency, duration },
      offerIds,
      endsAt,
      maxUses,
      oncePerContact,
      firstPurchaseOnly,
      endedAt: null,
      createdAt: now,
    };
    await em.insert(PromotionCode, made);
    return { status: 201, body: toApiCode(made, 0, now) };
  },
});

/** A text whose code has run out may be used for a new one. */
async function makeRoom(em: Scoped, older: PromotionCode | null, now: string): Promise<void> {
  if (!older || older.endedAt !== null) return;
  if ((await withUses(em, older, now)).state === 'active')
    throw new Problem(409, 'duplicate', {
      detail: 'There is an active code of this text: end it first.',
      field: 'code',
    });
  await endCode(em, older, now);
}

const list = defineRoute({
  method: 'get',
  path: '/v1/promotion-codes',
  tag,
  operationId: 'listPromotionCodes',
  summary: 'List promotion codes with their uses, the newest first',
  roles: BILLING,
  query: z.strictObject({ ...pageQuery, active: truth.optional().describe('Whether it holds now.') }),
  answers: { 200: pageOf(promotionCodeSchema) },
  async handle({ em, now, query: { limit, cursor, active } }) {
    const page = await listPromotionCodes(em, { active, now }, readPage({ limit, cursor }, NEWEST));
    const ids = page.rows.map(({ id }) => id);
    const uses = await usesOf(em, ids);
    return { status: 200, body: toApiPage(page, (code) => toApiCode(code, uses.get(code.id) ?? 0, now)) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getPromotionCode',
  summary: 'Read a promotion code',
  roles: BILLING,
  answers: { 200: promotionCodeSchema },
  handle: async (call) => ({ status: 200, body: await withUses(call.em, await theCode(call), call.now) }),
});

const end = defineRoute({
  method: 'post',
  path: '/v1/promotion-codes/{promotionCodeId}/end',
  tag,
  operationId: 'endPromotionCode',
  audit: { kind: 'promotion_code.ended', shows },
  summary: 'End a promotion code; what was bought with it keeps its discount',
  roles: BILLING,
  params: one.params,
  answers: { 200: promotionCodeSchema },
  problems: [503],
  async handle(call, { stripe }: PromotionDeps) {
    const code = await theCode(call);
    const atStripe = code.endedAt === null ? await promotionsAtStripe(call.em, code.id) : [];
    for (const { stripePromotionId, stripeAccount } of atStripe)
      await stripe.endPromotion(stripePromotionId, stripeAccount);
    await endCode(call.em, code, call.now);
    return { status: 200, body: await withUses(call.em, code, call.now) };
  },
});

export const promotionCodeRoutes = { create, list, read, end };
