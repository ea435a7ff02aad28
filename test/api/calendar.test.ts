import { beforeEach, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Call } from '../../db/entities/call.ts';
import { Seat } from '../../db/entities/seat.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { aBlock, aContact, anExpert, anOffer } from '../builders/rows.ts';
import type { Client } from './a-client.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, owner, useApi, world } from './use-api.ts';

useApi();

/** The clocks of Los Angeles go forward on Sunday, March 14, 2027; Vienna's two weeks later. */
const TODAY = '2027-03-08T09:00:00.000Z';

let expertId: string;
let blockId: string;
let purchaseId: string;
let ada: Client;

beforeEach(async () => {
  const { accountId, contactId } = world;
  const em = api.orm.em.fork();
  await api.pool.query('update accounts set clock_at = $1 where id = $2', [TODAY, accountId]);
  expertId = await anExpert(em, accountId);
  blockId = await aBlock(em, { accountId, expertId, seats: 2 });
  purchaseId = await aPurchase(api.orm, world, (state) => ({ ...state, terms: { ...state.terms, officeHours: true } }));
  const { token } = await createLoginToken(em, { accountId, contactId, kind: 'login', now: TODAY });
  ada = api.client((await guest.post('/v1/login-links/exchange', { token })).body.token);
});

const base = () => ({ accountId: world.accountId, purchaseId, contactId: world.contactId, expertId, bookedAt: T0 });

async function aCall(startsAt: string, endsAt: string, state: Call['state'] = 'booked'): Promise<string> {
  const id = uuid();
  const rest = { sequence: 0, credit: null, endedAt: null, endedBy: null, busyUntil: endsAt };
  await api.orm.em.fork().insert(Call, { ...base(), ...rest, id, startsAt, endsAt, state });
  return id;
}

async function aSeat(date: string, seat: number, contactId = world.contactId): Promise<string> {
  const id = uuid();
  const hours = { startsAt: `${date}T15:00:00.000Z`, endsAt: `${date}T19:00:00.000Z` };
  const rest = { state: 'booked', endedAt: null, endedBy: null } as const;
  await api.orm.em.fork().insert(Seat, { ...base(), ...rest, ...hours, id, blockId, date, seat, contactId });
  return id;
}

test('the calendar holds what overlaps its days: calls, office hours with their seats, time off', async () => {
  const late = await aCall('2027-03-14T23:30:00.000Z', '2027-03-15T00:15:00.000Z');
  const held = await aCall('2027-03-16T08:00:00.000Z', '2027-03-16T08:45:00.000Z', 'held');
  await aCall('2027-03-17T08:00:00.000Z', '2027-03-17T08:45:00.000Z', 'canceled');
  await aCall('2027-03-22T00:00:00.000Z', '2027-03-22T00:45:00.000Z');
  await aSeat('2027-03-17', 1);
  await owner.post(`/v1/experts/${expertId}/time-off`, { from: '2027-03-19', to: '2027-03-25' });

  const { status, body } = await owner.get('/v1/calendar?from=2027-03-15&to=2027-03-22');

  const ines = { id: expertId, name: 'Ines Kolar', timeZone: 'Europe/Vienna' };
  expect(status).toBe(200);
  expect(body.calls.map(({ id }) => id)).toEqual([late, held]);
  const hours = { startsAt: '2027-03-17T15:00:00.000Z', endsAt: '2027-03-17T19:00:00.000Z' };
  const block = { blockId, timeZone: 'America/Los_Angeles', expert: ines, seats: 2 };
  expect(body.officeHours).toEqual([{ ...block, ...hours, date: '2027-03-17', booked: 1 }]);
  const away = { startsAt: '2027-03-18T23:00:00.000Z', endsAt: '2027-03-25T23:00:00.000Z' };
  expect(body.timeOff).toMatchObject([{ ...away, expert: ines }]);
});

test('the calendar is of one expert, of six weeks at the most, and not for assistants', async () => {
  await aCall('2027-03-16T08:00:00.000Z', '2027-03-16T08:45:00.000Z');
  const other = await anExpert(api.orm.em.fork(), world.accountId);
  const ask = (query: string) => owner.get(`/v1/calendar?${query}`);

  expect((await ask(`from=2027-03-15&to=2027-03-22&expertId=${other}`)).body).toEqual({
    calls: [],
    officeHours: [],
    timeOff: [],
  });
  expect((await ask('from=2027-03-15&to=2027-03-15')).body.field).toBe('to');
  expect((await ask('from=2027-03-01&to=2027-04-13')).body.field).toBe('to');
  const assistant = api.client(world.keys.assistant);
  expect((await assistant.get('/v1/calendar?from=2027-03-15&to=2027-03-22')).status).toBe(403);
});

test('customers read office hours with the seats that are left and their own, right over a clock change', async () => {
  const grace = await aContact(api.orm.em.fork(), world.accountId);
  await aSeat('2027-03-17', 1, grace);
  const seatId = await aSeat('2027-03-17', 2);

  const { body } = await ada.get(`/v1/me/office-hours?purchaseId=${purchaseId}`);

  expect(body.data).toHaveLength(9);
  expect(body.data.slice(0, 3)).toMatchObject([
    { date: '2027-03-10', startsAt: '2027-03-10T16:00:00.000Z', free: 2, seats: 2, seatId: null },
    { date: '2027-03-17', startsAt: '2027-03-17T15:00:00.000Z', free: 0, seats: 2, seatId },
    { date: '2027-03-24', startsAt: '2027-03-24T15:00:00.000Z', free: 2, seats: 2, seatId: null },
  ]);
  const { dates } = (await owner.get(`/v1/office-hours/${blockId}`)).body;
  expect(dates.slice(0, 2)).toMatchObject([
    { date: '2027-03-10', free: 2 },
    { date: '2027-03-17', free: 0 },
  ]);
});

test('while the host has time off there are no dates to book, but a seat that one has', async () => {
  const seatId = await aSeat('2027-03-24', 1);
  for (const day of ['2027-03-17', '2027-03-24'])
    await owner.post(`/v1/experts/${expertId}/time-off`, { from: day, to: day });

  const mine = (await ada.get(`/v1/me/office-hours?purchaseId=${purchaseId}`)).body.data;
  const { dates } = (await owner.get(`/v1/office-hours/${blockId}`)).body;

  expect(mine.slice(0, 3)).toMatchObject([
    { date: '2027-03-10', seatId: null },
    { date: '2027-03-24', seatId },
    { date: '2027-03-31', seatId: null },
  ]);
  expect(dates.slice(0, 2)).toMatchObject([{ date: '2027-03-10' }, { date: '2027-03-31' }]);
});

test('of an archived block, and of a purchase that gives none, there are no office hours but a seat that one has', async () => {
  const seatId = await aSeat('2027-03-17', 1);
  const { offerId } = await anOffer(api.orm.em.fork(), world.accountId);
  const plain = await aPurchase(api.orm, { ...world, offerId });
  await owner.post(`/v1/office-hours/${blockId}/archive`);

  expect((await ada.get(`/v1/me/office-hours?purchaseId=${plain}`)).body.data).toEqual([]);
  expect((await ada.get(`/v1/me/office-hours?purchaseId=${purchaseId}`)).body.data).toMatchObject([{ seatId }]);
  const other = await aPurchase(api.orm, { ...world, contactId: await aContact(api.orm.em.fork(), world.accountId) });
  expect((await ada.get(`/v1/me/office-hours?purchaseId=${other}`)).status).toBe(404);
});

test('customers say in which zone they read times, and whom they can call', async () => {
  await anExpert(api.orm.em.fork(), world.accountId, { name: 'Bo', archivedAt: T0 });

  expect((await ada.get('/v1/me')).body.timeZone).toBe(null);
  expect((await ada.patch('/v1/me', { timeZone: 'Asia/Tokyo' })).body.timeZone).toBe('Asia/Tokyo');
  expect((await ada.patch('/v1/me', {})).body.timeZone).toBe('Asia/Tokyo');
  expect((await ada.patch('/v1/me', { timeZone: 'Europe/Atlantis' })).body.field).toBe('timeZone');
  expect((await ada.get('/v1/me/experts')).body.data).toEqual([
    { id: expertId, name: 'Ines Kolar', timeZone: 'Europe/Vienna' },
  ]);
  expect((await ada.get(`/v1/me/purchases/${purchaseId}`)).body).toMatchObject({ calls: null, officeHours: true });
});
