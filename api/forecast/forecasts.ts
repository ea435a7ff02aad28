import { z } from 'zod';
import { findPurchase, PURCHASE_SORTS } from '../../db/purchase/purchases.ts';
import { billedPurchases, heldByContact, withRequired } from '../../db/purchase/to-forecast.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { idParams, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { accountForecastSchema, contactForecastSchema, purchaseForecastSchema, untilQuery } from './forecast-schema.ts';
import { isCharge, monthsOf, toApiForecast, totalsOf } from './forecast-view.ts';
import { untilOf, workOut } from './work-out.ts';
import { theContact } from '../people/the-contact.ts';

const AS_THINGS_STAND = 'As things stand: nothing is done, here or at Stripe. Each card is taken to work.';

const ofPurchase = defineRoute({
  method: 'get',
  path: '/v1/purchases/{purchaseId}/forecast',
  tag: 'Purchases',
  operationId: 'forecastPurchase',
  summary: 'Forecast what will happen to a purchase: charges, credits, emails, changes of state',
  description: AS_THINGS_STAND,
  roles: MONEY_READERS,
  params: idParams('purchaseId'),
  query: z.strictObject(untilQuery),
  answers: { 200: purchaseForecastSchema },
  async handle({ em, account, now, params, query }) {
    const purchase = await findPurchase(em, params.purchaseId);
    if (!purchase?.startedAt) throw notFound('purchase');
    const until = untilOf(query.until, now);
    const { settings } = account;
    const all = await workOut(await withRequired(em, [purchase]), { settings, now, until });
    const entries = all.filter(({ purchaseId }) => purchaseId === purchase.id);
    return {
      status: 200,
      body: { purchaseId: purchase.id, asOf: now, until, ...toApiForecast(entries, [purchase]) },
    };
  },
});

const ofContact = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/forecast',
  tag: 'Contacts',
  operationId: 'forecastContact',
  summary: 'Forecast what will happen to all that a contact has',
  description: AS_THINGS_STAND,
  roles: MONEY_READERS,
  params: idParams('contactId'),
  query: z.strictObject(untilQuery),
  answers: { 200: contactForecastSchema },
  async handle(call) {
    const { em, account, now, query } = call;
    const contact = await theContact(call);
    const until = untilOf(query.until, now);
    const purchases = await heldByContact(em, contact.id);
    const entries = await workOut(purchases, { settings: account.settings, now, until });
    return {
      status: 200,
      body: { contactId: contact.id, asOf: now, until, ...toApiForecast(entries, purchases) },
    };
  },
});

const ofAccount = defineRoute({
  method: 'get',
  path: '/v1/forecast',
  tag: 'Account',
  operationId: 'forecastAccount',
  summary: 'Forecast what is charged by month for what is sold already, some purchases at a time',
  description: `${AS_THINGS_STAND} The figures of all pages add up to those of the account.`,
  roles: MONEY_READERS,
  query: z.strictObject({ ...untilQuery, ...pageQuery, limit: pageQuery.limit.default(200) }),
  answers: { 200: accountForecastSchema },
  async handle({ em, account: { settings, timeZone }, now, query: { until: given, ...place } }) {
    const until = untilOf(given, now);
    const page = await billedPurchases(em, readPage(place, PURCHASE_SORTS.newest));
    const { data: ids, nextCursor } = toApiPage(page, ({ id }) => id);
    const all = await workOut(await withRequired(em, page.rows), { settings, now, until });
    const charges = all.filter(isCharge).filter(({ purchaseId }) => ids.includes(purchaseId));
    const sums = { months: monthsOf(charges, timeZone), totals: totalsOf(charges) };
    return { status: 200, body: { asOf: now, until, purchases: ids.length, ...sums, nextCursor } };
  },
});

export const forecastRoutes = { ofPurchase, ofContact, ofAccount };
