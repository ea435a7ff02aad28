import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aKey } from '../api/a-world.ts';
import { createClient, type Answer, type Client } from '../api/a-client.ts';
import { anExpert } from '../builders/rows.ts';
import { readConfig } from '../../config.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { build } from '../../scripts/build.ts';
import { bookingFigures } from '../db/calls/booking-figures.ts';
import { eventually } from '../ground/eventually.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { freePorts } from '../ground/ports.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { aTown, type Town, type TownApi } from '../journeys/a-town.ts';

let town: Town;
let second: TownApi;

beforeAll(async () => {
  const { CACHE_DIR: cacheDir } = readConfig('test');
  await build({ cacheDir, say: () => undefined });
  town = await aTown({ workers: 2 });
  second = await town.startApi();
});
afterAll(async () => {
  await second.close();
  await town.close();
});

/** Five for each slot; `BOOKINGS=1000` asks for 200 slots, which takes minutes. */
const BOOKINGS = Number(process.env.BOOKINGS ?? 60);
const PATIENCE_MS = Math.max(60_000, 600 * BOOKINGS);
const EXPERTS = 4;
const SLOTS = BOOKINGS / 5;
const KILLED_OVER = 20;

/** A day of an expert has ten slots. */
function slotAt(slot: number): string {
  const first = Date.parse('2027-02-01T08:00:00.000Z') + Math.floor(slot / 10) * 24 * 3_600_000;
  return new Date(first + (slot % 10) * 45 * 60_000).toISOString();
}

test(
  'two workers, two APIs: of many who book a fifth as many slots at once each slot has one, and no credit is lost',
  async () => {
    const site = await aSite(town);
    const owners = [site.owner, second.client(await aKey(town.deps.orm.em.fork(), site.accountId, 'owner'))];
    const bookers = await grantAll(site, BOOKINGS);
    const experts: string[] = [];
    for (let n = 0; n < EXPERTS; n += 1) experts.push(await anExpert(town.deps.orm.em.fork(), site.accountId));

    const answers = await Promise.all(
      bookers.map((purchaseId, n) => {
        const slot = n % SLOTS;
        const asked = { purchaseId, expertId: experts[slot % EXPERTS], startsAt: slotAt(Math.floor(slot / EXPERTS)) };
        return owners[n % 2]!.post('/v1/calls', asked);
      }),
    );
    const ends = await Promise.all(answers.map((answer) => endOf(site, answer)));
    await site.quiet();

    const left = BOOKINGS - SLOTS;
    expect(ends.toSorted()).toEqual([
      ...Array<string>(SLOTS).fill('booked'),
      ...Array<string>(left).fill('slot_taken'),
    ]);
    expect(await bookingFigures(town.deps.orm.em.fork(), site.accountId)).toEqual({
      calls: SLOTS,
      slots: SLOTS,
      held: SLOTS,
      free: left,
      redeemed: SLOTS,
      told: 2 * SLOTS,
    });
  },
  PATIENCE_MS,
);

type Granted = { purchase: { id: string } };

test('an API that is killed over bookings: asked again, each is there once, and no credit is lost', async () => {
  const site = await aSite(town);
  const key = await aKey(town.deps.orm.em.fork(), site.accountId, 'owner');
  const bookers = await grantAll(site, KILLED_OVER);
  const expertId = await anExpert(town.deps.orm.em.fork(), site.accountId);
  const book = (by: Client, index: number) =>
    by.post(
      '/v1/calls',
      { purchaseId: bookers[index], expertId, startsAt: slotAt(index) },
      { 'idempotency-key': `booking ${index}` },
    );
  const [PORT = '', METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const place = { PORT, METRICS_PORT, TRUST_PROXY: '1' };
  const doomed = startOwnProcess('api', { ...town.environment, ...place });
  const asked = createClient(`http://127.0.0.1:${PORT}`, key, {});
  await eventually(() => asked.get('/v1/calls'));

  const first = bookers.map((_, index) => book(asked, index).catch(() => null));
  await Promise.race(first);
  await doomed.kill();
  const answered = (await Promise.all(first)).filter((answer) => answer?.status === 200).length;
  await everythingAlive(town.deps.orm.em.fork());
  const again = await Promise.all(bookers.map((_, index) => book(town.client(key), index)));
  await site.quiet();

  expect(answered).toBeLessThan(KILLED_OVER);
  expect(again.map(({ status }) => status)).toEqual(Array(KILLED_OVER).fill(200));
  expect(new Set(again.map(({ body }) => body.id)).size).toBe(KILLED_OVER);
  const all = { calls: KILLED_OVER, slots: KILLED_OVER, held: KILLED_OVER, redeemed: KILLED_OVER };
  expect(await bookingFigures(town.deps.orm.em.fork(), site.accountId)).toEqual({
    ...all,
    free: 0,
    told: 2 * KILLED_OVER,
  });
});

/** So many people with one credit each. */
async function grantAll(site: Site, count: number): Promise<string[]> {
  const credits = { perYear: 1, issue: 'period_start', validMonths: 12, callMinutes: 45 };
  const { id: offerId } = await site.offer({ credits });
  const skip = { skipConfirmation: true, skipWelcome: true };
  const given: string[] = [];
  while (given.length < count) {
    const some = Array.from({ length: 10 }, () => site.newEmail());
    const done = some.map((email) =>
      site.must<Granted>(site.owner.post('/v1/grants', { offerId, email, name: 'Ada', ...skip })),
    );
    for (const { purchase } of await Promise.all(done)) given.push(purchase.id);
  }
  return given;
}

/** What came of a booking: what took longer than its answer waits is read from its command. */
async function endOf(site: Site, { status, body }: Answer): Promise<string> {
  if (status === 200) return 'booked';
  if (status !== 202) return String(body.code);
  type Ended = { status: string; problem?: { code: string } };
  return eventually(async () => {
    const { status: is, problem } = await site.must<Ended>(site.owner.get(`/v1/commands/${body.id}`));
    return is === 'pending' ? null : (problem?.code ?? 'booked');
  }, PATIENCE_MS);
}
