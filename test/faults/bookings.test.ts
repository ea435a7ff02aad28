import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aKey } from '../api/a-world.ts';
import type { Answer } from '../api/a-client.ts';
import { anExpert } from '../builders/rows.ts';
import { bookingFigures } from '../db/calls/booking-figures.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { aTown, type Town, type TownApi } from '../journeys/a-town.ts';

let town: Town;
let second: TownApi;

beforeAll(async () => {
  town = await aTown({ workers: 2 });
  second = await town.startApi();
});
afterAll(async () => {
  await second.close();
  await town.close();
});

/** Five for each slot; `BOOKINGS=1000` asks for 200 slots, which takes minutes. */
const BOOKINGS = Number(process.env.BOOKINGS ?? 60);
const EXPERTS = 4;
const SLOTS = BOOKINGS / 5;

/** A day of an expert has ten slots. */
function slotAt(slot: number): string {
  const first = Date.parse('2027-02-01T08:00:00.000Z') + Math.floor(slot / 10) * 24 * 3_600_000;
  return new Date(first + (slot % 10) * 45 * 60_000).toISOString();
}

test('two workers, two APIs: of many who book a fifth as many slots at once each slot has one, and no credit is lost', async () => {
  const site = await aSite(town);
  const owners = [site.owner, second.client(await aKey(town.deps.orm.em.fork(), site.accountId, 'owner'))];
  const bookers = await grantAll(site);
  const experts: string[] = [];
  for (let n = 0; n < EXPERTS; n += 1) experts.push(await anExpert(town.deps.orm.em.fork(), site.accountId));

  const answers = await Promise.all(
    bookers.map((purchaseId, n) => {
      const slot = n % SLOTS;
      const asked = { purchaseId, expertId: experts[slot % EXPERTS], startsAt: slotAt(Math.floor(slot / EXPERTS)) };
      return owners[n % 2]!.post('/v1/calls', asked);
    }),
  );
  await site.quiet();
  const ends = await Promise.all(answers.map((answer) => endOf(site, answer)));

  const left = BOOKINGS - SLOTS;
  expect(ends.toSorted()).toEqual([...Array<string>(SLOTS).fill('booked'), ...Array<string>(left).fill('slot_taken')]);
  expect(await bookingFigures(town.deps.orm.em.fork(), site.accountId)).toEqual({
    calls: SLOTS,
    slots: SLOTS,
    held: SLOTS,
    free: left,
    redeemed: SLOTS,
    told: 2 * SLOTS,
  });
});

type Granted = { purchase: { id: string } };

/** So many people with one credit each. */
async function grantAll(site: Site): Promise<string[]> {
  const credits = { perYear: 1, issue: 'period_start', validMonths: 12, callMinutes: 45 };
  const { id: offerId } = await site.offer({ credits });
  const skip = { skipConfirmation: true, skipWelcome: true };
  const given: string[] = [];
  while (given.length < BOOKINGS) {
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
  const ended = await site.must<Ended>(site.owner.get(`/v1/commands/${body.command.id}`));
  return ended.status === 'applied' ? 'booked' : String(ended.problem?.code);
}
