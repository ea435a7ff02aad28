import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { accountForecastSchema, purchaseForecastSchema } from '../../api/forecast/forecast-schema.ts';
import { aSite, type Site } from './a-site.ts';
import { ASKED_AT, FORECAST_CASES, UNTIL, aForecastCase, type CaseVerb, type ForecastCase } from './forecast-cases.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Forecast = z.output<typeof purchaseForecastSchema>;
type Entry = Forecast['entries'][number];

const forecastOf = (site: Site, id: string): Promise<Forecast> =>
  site.must(site.owner.get(`/v1/purchases/${id}/forecast?until=${UNTIL}`));

const lines = (all: string[]): string[] => [...new Set(all)].toSorted();

/** What is said of timeline, charges, call credits and emails. */
const said = ({ entries }: Forecast): string[] => lines(entries.flatMap(lineOf));

function lineOf(one: Entry): string[] {
  switch (one.kind) {
    case 'charge':
      return [`${one.at} charge ${one.amountMinor} ${one.currency} ${one.instalment ?? ''}`];
    case 'event':
      return [`${one.at} ${one.event}`];
    case 'email':
      return [`${one.at} email ${one.email}`];
    case 'credit':
      return [`${one.at} ${one.count} credits ${one.change}`];
    case 'due':
    case 'state':
      return [];
  }
}

type LedgerLine = { kind: string; at: string };

/** What has happened since the verbs were asked. */
async function happened(site: Site, id: string): Promise<string[]> {
  const { data } = await site.must<{ data: { entries: LedgerLine[] }[] }>(
    site.owner.get(`/v1/purchases/${id}/credits`),
  );
  const ledger = Map.groupBy(
    data.flatMap(({ entries }) => entries),
    ({ kind, at }) => `${at} ${kind}`,
  );
  const emails = await site.emailsOf(id);
  const timeline = (await site.timelineOf(id)).data;
  return lines(
    [
      ...timeline.map(({ at, type, data: { amountMinor, currency, instalment } }) =>
        type === 'payment.succeeded'
          ? `${at} charge ${[amountMinor, currency, instalment ?? ''].join(' ')}`
          : `${at} ${type}`,
      ),
      ...emails.map(({ dueAt, kind }) => `${dueAt} email ${kind}`),
      ...[...ledger].map(([line, { length }]) => `${line.split(' ')[0]} ${length} credits ${line.split(' ')[1]}`),
    ].filter((line) => line.slice(0, ASKED_AT.length) > ASKED_AT),
  );
}

/** Where a purchase stands at an instant, by its forecast. */
const standingAt = ({ entries }: Forecast, at: string, now: object): object =>
  entries.reduce<object>((standing, one) => (one.kind === 'state' && one.at <= at ? one.after : standing), now);

async function standing(site: Site, id: string): Promise<object> {
  const { billingStatus, accessStatus } = await site.read(id);
  return { billingStatus, accessStatus };
}

type Sold = { name: string; id: string; productIds: string[]; verbs: CaseVerb[] };

/** Each is sold on a month's end, as the clock stands. */
const sell = (site: Site, cases: [string, ForecastCase][]): Promise<Sold[]> =>
  Promise.all(
    cases.map(async ([name, { offer: wish, code, verbs }]) => {
      const offer = await site.offer(wish);
      const promotionCode = code && `CODE-${uuid().slice(-8)}`;
      if (code) await site.must(site.owner.post('/v1/promotion-codes', { code: promotionCode, ...code }), 201);
      const id = await site.buy(offer, { ...(promotionCode && { promotionCode }) });
      return { name, id, productIds: offer.productIds, verbs };
    }),
  );

/** A verb that the purchase's price or state forbids is left out. */
async function askAll(site: Site, sold: Sold[], isAnyRefused: boolean): Promise<void> {
  await Promise.all(
    sold.map(async ({ id, verbs, productIds }) => {
      for (const { verb, body, becomes } of verbs) {
        const more = becomes ? { offerId: (await site.offer({ ...becomes, productIds, products: 0 })).id } : {};
        const { status, body: answer } = await site.owner.post(`/v1/purchases/${id}/${verb}`, { ...body, ...more });
        if (status !== 200 && !isAnyRefused) throw new Error(`${verb}: ${JSON.stringify(answer)}`);
      }
    }),
  );
  await site.quiet();
}

const STOPS = ['2027-06-30T09:00:00.000Z', '2027-12-31T00:00:00.000Z', UNTIL];

/** Forecasts everything, moves 13 months, and compares. */
async function comesTrue(site: Site, sold: Sold[]): Promise<void> {
  const forecasts = new Map<string, Forecast>();
  const stands = new Map<string, object>();
  for (const { id } of sold) {
    forecasts.set(id, await forecastOf(site, id));
    stands.set(id, await standing(site, id));
  }
  const account = await site.must<z.output<typeof accountForecastSchema>>(
    site.owner.get(`/v1/forecast?until=${UNTIL}`),
  );

  for (const stop of STOPS) {
    await site.moveTo(stop);
    for (const { name, id } of sold)
      expect([name, await standing(site, id)]).toEqual([name, standingAt(forecasts.get(id)!, stop, stands.get(id)!)]);
  }

  for (const { name, id } of sold) expect([name, said(forecasts.get(id)!)]).toEqual([name, await happened(site, id)]);
  expect(account.months.map(({ month, amountMinor }) => [month, amountMinor])).toEqual(await revenue(site, sold));
}

/** What was paid in each month since the verbs were asked. */
async function revenue(site: Site, sold: { id: string }[]): Promise<[string, number][]> {
  const sums = new Map<string, number>();
  for (const { id } of sold)
    for (const { paidAt, amountMinor } of (await site.read(id)).payments) {
      const month = paidAt?.slice(0, 7) ?? '';
      if (paidAt && paidAt > ASKED_AT) sums.set(month, (sums.get(month) ?? 0) + amountMinor);
    }
  return [...sums].toSorted();
}

const SEED = Number(process.env.FORECAST_SEED ?? 20_270_131);
const DRAWN = Number(process.env.FORECAST_DRAWN ?? 4);

test(`13 months come as they were forecast, to the cent and the instant (FORECAST_SEED=${SEED}) [R23.2]`, async () => {
  const site = await aSite(town);
  const drawn = fc.sample(aForecastCase, { seed: SEED, numRuns: DRAWN });
  const sold = await sell(site, Object.entries(FORECAST_CASES));
  const alsoSold = await sell(
    site,
    drawn.map((one) => [JSON.stringify(one), one]),
  );
  await site.moveTo(ASKED_AT);
  await askAll(site, sold, false);
  await askAll(site, alsoSold, true);

  await comesTrue(site, [...sold, ...alsoSold]);
}, 300_000);
