import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aSite } from '../journeys/a-site.ts';
import { aTown, type Town } from '../journeys/a-town.ts';
import { control } from '../sandbox/stripe/sandbox.ts';

let town: Town;

beforeAll(async () => {
  town = await aTown();
});
afterAll(() => town.close());

const MINUTE = 60_000;

type Logged = { method: string; path: string; params: { created?: { gte: string; lte: string } } };

test('a clock that moves asks Stripe for its own months and for this minute, not for what lies between', async () => {
  const site = await aSite(town, { at: '2026-02-10T09:00:00.000Z' });
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'DELETE', '/requests');

  await site.moveTo('2026-03-20T09:00:00.000Z');

  const { data } = (await control(town.sandbox, 'GET', '/requests')) as { data: Logged[] };
  const asked = data.flatMap(({ path, params }) => (path === '/v1/events' && params.created ? [params.created] : []));
  const spans = asked.map(({ gte, lte }) => [Number(gte) * 1000, Number(lte) * 1000] as const);
  const isOfTheClock = (from: number, to: number) =>
    from >= Date.parse('2026-02-10T09:00:00Z') && to <= Date.parse('2026-03-20T09:00:00Z');
  const isOfThisMinute = (from: number, to: number) => from > Date.now() - MINUTE && to < Date.now() + MINUTE;
  expect(spans.length).toBeGreaterThan(0);
  expect(spans.filter(([from, to]) => !isOfTheClock(from, to) && !isOfThisMinute(from, to))).toEqual([]);
  expect((await site.read(id)).payments).toHaveLength(2);
});

test('what Stripe dates by its own time while a test clock stands elsewhere is heard all the same', async () => {
  const site = await aSite(town, { at: '2026-02-10T09:00:00.000Z' });
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'POST', '/settings', { eventsAtRealTime: true });

  await site.moveTo('2026-03-20T09:00:00.000Z');

  expect((await site.read(id)).payments).toHaveLength(2);
});
