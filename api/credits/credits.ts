import type { Scoped } from '../../db/account-scope.ts';
import { readCreditEntries } from '../../db/credits/credit-entries.ts';
import { BY_EXPIRY, listCredits } from '../../db/credits/credits.ts';
import type { Credit } from '../../db/entities/credit.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { creditsAsOf } from '../../workflows/domain/credits/balance.ts';
import { creditFigures } from '../../workflows/domain/credits/figures.ts';
import { creditIdOf } from '../../workflows/domain/credits/ledger.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { boundAt } from '../http/day-or-instant.ts';
import { idParams, pageOf } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineCustomerRoute, defineRoute } from '../http/route.ts';
import { theirPurchase } from '../people/customer-purchases.ts';
import { creditQuery, creditsSchema, listedCreditSchema } from './credit-schema.ts';

const NONE = { perYear: 0, remainingThisYear: 0, available: 0, held: 0, nextIssueAt: null };

/** A purchase's credits, each with what became of it, in the order of their issue. */
async function readCredits(em: Scoped, state: PurchaseState, now: Instant) {
  const entries = await readCreditEntries(em, state.purchaseId);
  const data = creditsAsOf(entries, now).map(({ credit, ...asOf }) => ({
    id: creditIdOf(state.purchaseId, credit),
    ...asOf,
    entries: entries
      .filter((entry) => entry.credit === credit)
      .map(({ kind, at, expiresAt, callId, commandId }) => ({ kind, at, expiresAt, callId, commandId })),
  }));
  return { ...(creditFigures(state, now) ?? NONE), data };
}

const read = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}/credits',
  tag: 'Purchases',
  operationId: 'listCreditsOfPurchase',
  summary: "List a purchase's call credits, with every entry of their ledger",
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  answers: { 200: creditsSchema },
  async handle({ em, now, params }) {
    const purchase = await em.findOne(Purchase, { id: params.purchaseId, startedAt: { $ne: null } });
    if (!purchase) throw notFound('purchase');
    return { status: 200, body: await readCredits(em, purchase.snapshot, now) };
  },
});

const readMine = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/purchases/{purchaseId}/credits',
  tag: 'Customer',
  operationId: 'listMyCredits',
  summary: "List the call credits of one of the customer's purchases",
  params: idParams('purchaseId'),
  answers: { 200: creditsSchema },
  async handle({ em, contact, team, now, params }) {
    const { snapshot } = await theirPurchase(em, contact, params.purchaseId, team);
    return { status: 200, body: await readCredits(em, snapshot, now) };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/v1/credits',
  tag: 'Purchases',
  operationId: 'listCredits',
  summary: 'List call credits, those that expire first first',
  roles: MONEY_READERS,
  query: creditQuery,
  answers: { 200: pageOf(listedCreditSchema) },
  async handle({ em, account, now, query: { limit, cursor, expiresFrom, expiresBefore, ...filter } }) {
    const bounds = {
      expiresFrom: boundAt(expiresFrom, account.timeZone),
      expiresBefore: boundAt(expiresBefore, account.timeZone),
    };
    const place = readPage({ limit, cursor }, { ...BY_EXPIRY, ids: 'credits' });
    const page = await listCredits(em, { ...filter, ...bounds }, now, place);
    return { status: 200, body: toApiPage(page, toApiCredit) };
  },
});

const toApiCredit = ({ id, purchaseId, contactId, state, issuedAt, expiresAt }: Credit) => ({
  id,
  purchaseId,
  contactId,
  state,
  issuedAt,
  expiresAt,
});

export const creditRoutes = { list, read, readMine };
