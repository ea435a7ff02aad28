import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../db/account-scope.ts';
import { shutAt } from '../../db/credits/open-slots.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { anExpert } from '../builders/rows.ts';
import { aPurchase, aWorld } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const INES = {
  name: 'Ines Kolar',
  email: 'Ines@Example.com',
  timeZone: 'Europe/Vienna',
  meetingUrl: 'https://meet.example.com/ines',
  workingHours: { monday: [{ from: '09:00', to: '17:00' }] },
};
const HOURS = [{ from: '09:00', to: '11:00' }];

/** The account's clock stands on Sunday, May 23, 2027. */
async function sunday(): Promise<void> {
  const now = '2027-05-23T09:00:00Z';
  await api.pool.query('update accounts set clock_at = $1 where id = $2', [now, world.accountId]);
}

const faultsOf = async (body: object) => (await owner.post('/v1/experts', { ...INES, ...body })).body.errors;

describe('an expert', () => {
  test('is kept as given, and changed in part', async () => {
    const { status, body } = await owner.post('/v1/experts', INES);

    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...INES,
      email: 'ines@example.com',
      bufferMinutes: 0,
      noticeMinutes: 0,
      maxCallsPerDay: null,
      calendarUrl: null,
      calendar: null,
    });
    const changed = await owner.patch(`/v1/experts/${body.id}`, { maxCallsPerDay: 2 });
    expect(changed.body).toEqual({ ...body, maxCallsPerDay: 2 });
    expect((await owner.get('/v1/experts')).body.data).toEqual([changed.body]);
  });

  test.each([
    [{ monday: [{ from: '09:00', to: '09:00' }] }, 'workingHours.monday.0.to'],
    [{ monday: [{ from: '24:00', to: '24:00' }] }, 'workingHours.monday.0.from'],
    [{ monday: [{ from: '9:00', to: '17:00' }] }, 'workingHours.monday.0.from'],
    [{ monday: [...HOURS, { from: '10:00', to: '12:00' }] }, 'workingHours.monday'],
    [{ monday: [{ from: '13:00', to: '17:00' }, ...HOURS] }, 'workingHours.monday'],
    [{ someday: HOURS }, 'workingHours.someday'],
  ])('is refused with the hours %j', async (workingHours, field) => {
    expect((await faultsOf({ workingHours }))?.[0]).toMatchObject({ field });
  });

  test.each([
    [{ timeZone: '+02:00' }, 'timeZone'],
    [{ timeZone: 'Europe/Atlantis' }, 'timeZone'],
    [{ meetingUrl: 'http://meet.example.com' }, 'meetingUrl'],
    [{ bufferMinutes: -1 }, 'bufferMinutes'],
    [{ maxCallsPerDay: 0 }, 'maxCallsPerDay'],
  ])('is refused with %j', async (change, field) => {
    expect(await faultsOf(change)).toMatchObject([{ field }]);
  });

  test('may work until midnight, and one part of a day may begin where another ends', async () => {
    const workingHours = { monday: [...HOURS, { from: '11:00', to: '24:00' }] };

    expect((await owner.post('/v1/experts', { ...INES, workingHours })).status).toBe(201);
  });

  test('belongs to one account, and is made by those who manage it alone', async () => {
    const { body } = await owner.post('/v1/experts', INES);
    const stranger = api.client((await aWorld(api.orm)).keys.owner);

    expect((await stranger.get(`/v1/experts/${body.id}`)).status).toBe(404);
    expect(
      (await stranger.post(`/v1/experts/${body.id}/time-off`, { from: '2027-06-01', to: '2027-06-01' })).status,
    ).toBe(404);
    expect((await api.client(world.keys.support).post('/v1/experts', INES)).status).toBe(403);
    expect((await api.client(world.keys.support).get('/v1/experts')).status).toBe(200);
    expect((await api.client(world.keys.assistant).get('/v1/experts')).status).toBe(403);
  });
});

describe('slots', () => {
  const slotsOf = async (query: Record<string, string>) => {
    const { status, body } = await owner.get(`/v1/slots?${new URLSearchParams(query).toString()}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return (body.data as unknown as { startsAt: string }[]).map(({ startsAt }) => startsAt);
  };
  const monday = { from: '2027-05-24', to: '2027-05-25', timeZone: 'Europe/Vienna' };

  async function given(change: object = {}) {
    await sunday();
    const purchaseId = await aPurchase(api.orm, world);
    const expertId = await anExpert(api.orm.em.fork(), world.accountId, { workingHours: { monday: HOURS }, ...change });
    return { purchaseId, expertId };
  }

  test('last as long as the purchase says, in the hours of the expert, whose id they carry', async () => {
    const { purchaseId, expertId } = await given();

    const { body } = await owner.get(
      `/v1/slots?${new URLSearchParams({ purchaseId, expertId, ...monday }).toString()}`,
    );

    expect(body).toEqual({
      data: [
        { startsAt: '2027-05-24T07:00:00.000Z', endsAt: '2027-05-24T07:45:00.000Z', expertId },
        { startsAt: '2027-05-24T07:45:00.000Z', endsAt: '2027-05-24T08:30:00.000Z', expertId },
      ],
      next: null,
    });
  });

  test('are those of everybody where no expert is named, the earliest first', async () => {
    const { purchaseId } = await given();
    await anExpert(api.orm.em.fork(), world.accountId, { workingHours: { monday: [{ from: '08:30', to: '09:30' }] } });

    expect(await slotsOf({ purchaseId, ...monday })).toEqual([
      '2027-05-24T06:30:00.000Z',
      '2027-05-24T07:00:00.000Z',
      '2027-05-24T07:45:00.000Z',
    ]);
  });

  test('are neither in the past, nor within the notice, nor more than 60 days ahead', async () => {
    const { purchaseId, expertId } = await given({ noticeMinutes: 23 * 60 });

    const all = await slotsOf({ purchaseId, expertId, from: '2027-01-01' });

    expect(all[0]).toBe('2027-05-31T07:00:00.000Z');
    expect(all.at(-1)).toBe('2027-07-19T07:45:00.000Z');
    expect(all).toHaveLength(16);
  });

  test('are none after the known end of access, and none without access', async () => {
    const { purchaseId, expertId } = await given();
    const em = api.orm.em.fork();
    const { snapshot } = await em.findOneOrFail(Purchase, { id: purchaseId });
    snapshot.access = { startsAt: snapshot.startedAt!, endsAt: '2027-05-31T07:50:00.000Z' };
    await em.nativeUpdate(Purchase, { id: purchaseId }, { snapshot });

    expect(await slotsOf({ purchaseId, expertId })).toEqual([
      '2027-05-24T07:00:00.000Z',
      '2027-05-24T07:45:00.000Z',
      '2027-05-31T07:00:00.000Z',
    ]);
    snapshot.revoked = snapshot.terms.productIds.map((productId) => ({
      productId,
      since: snapshot.startedAt!,
      by: { kind: 'system', id: null },
    }));
    await em.nativeUpdate(Purchase, { id: purchaseId }, { snapshot });
    expect(await slotsOf({ purchaseId, expertId })).toEqual([]);
  });

  test('keep clear of time off, of office hours that the expert hosts, and of an archived expert', async () => {
    const { purchaseId, expertId } = await given();
    const days = await owner.post(`/v1/experts/${expertId}/time-off`, { from: '2027-05-24', to: '2027-05-24' });
    expect(days.body).toMatchObject({ startsAt: '2027-05-23T22:00:00.000Z', endsAt: '2027-05-24T22:00:00.000Z' });
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toEqual([]);
    await owner.delete(`/v1/experts/${expertId}/time-off/${days.body.id}`);
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toHaveLength(2);

    const hosting = { weekday: 'monday', from: '10:00', to: '12:00', timeZone: 'Europe/Vienna', expertId };
    const block = await owner.post('/v1/office-hours', hosting);
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toEqual(['2027-05-24T07:00:00.000Z']);
    await owner.post(`/v1/office-hours/${block.body.id}/archive`);
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toHaveLength(2);

    await owner.post(`/v1/experts/${expertId}/archive`);
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toEqual([]);
  });

  test('are open one by one exactly where the list has them', async () => {
    const { expertId } = await given({ noticeMinutes: 60 });
    const em = scopeTo(api.orm.em.fork(), world.accountId);
    const isOpen = async (startsAt: string, now = '2027-05-23T09:00:00.000Z') =>
      (await shutAt(em, now, { expertIds: [expertId], startsAt, callMinutes: 45 })).length === 0;

    expect(await isOpen('2027-05-24T07:00:00.000Z')).toBe(true);
    expect(await isOpen('2027-05-24T07:15:00.000Z')).toBe(false);
    expect(await isOpen('2027-05-24T07:00:00.000Z', '2027-05-24T06:00:01.000Z')).toBe(false);
    expect(await isOpen('2027-05-24T07:00:00.000Z', '2027-03-01T07:00:00.000Z')).toBe(false);
    await owner.post(`/v1/experts/${expertId}/time-off`, { from: '2027-05-24', to: '2027-05-24' });
    expect(await isOpen('2027-05-24T07:00:00.000Z')).toBe(false);
  });

  test('keep clear of booked calls with the buffer behind them, and of days with as many as the expert takes', async () => {
    const { purchaseId, expertId } = await given({ maxCallsPerDay: 2 });
    const em = scopeTo(api.orm.em.fork(), world.accountId);
    const callId = uuid();
    await api.pool.query(
      `insert into calls (id, account_id, purchase_id, contact_id, expert_id, state, starts_at, ends_at, busy_until, sequence, booked_at)
       values ($1, $2, $3, $4, $5, 'booked', '2027-05-24T07:00:00Z', '2027-05-24T07:45:00Z', '2027-05-24T07:45:00Z', 0, '2027-05-23T09:00:00Z')`,
      [callId, world.accountId, purchaseId, world.contactId, expertId],
    );
    const asked = { expertIds: [expertId], startsAt: '2027-05-24T07:00:00.000Z', callMinutes: 45 };

    expect(await slotsOf({ purchaseId, expertId, ...monday })).toEqual(['2027-05-24T07:45:00.000Z']);
    expect(await shutAt(em, '2027-05-23T09:00:00.000Z', asked)).toEqual([{ id: expertId, why: 'taken' }]);
    expect(await shutAt(em, '2027-05-23T09:00:00.000Z', { ...asked, movedCallId: callId })).toEqual([]);
    await owner.patch(`/v1/experts/${expertId}`, { maxCallsPerDay: 1 });
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toEqual([]);
    await api.pool.query(`update calls set state = 'canceled' where id = $1`, [callId]);
    expect(await slotsOf({ purchaseId, expertId, ...monday })).toHaveLength(2);
  });

  test('are those of a purchase and an expert that are there', async () => {
    const { purchaseId, expertId } = await given();
    const nobody = '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e';

    expect((await owner.get(`/v1/slots?purchaseId=${nobody}`)).status).toBe(404);
    expect((await owner.get(`/v1/slots?purchaseId=${purchaseId}&expertId=${nobody}`)).status).toBe(404);
    expect((await owner.get(`/v1/slots?expertId=${expertId}`)).body.errors).toMatchObject([{ field: 'purchaseId' }]);
  });
});

describe('office hours', () => {
  test('have the dates that come, right over both changes of the clocks', async () => {
    const expertId = await anExpert(api.orm.em.fork(), world.accountId);
    const at = async (now: string) => {
      await api.pool.query('update accounts set clock_at = $1 where id = $2', [now, world.accountId]);
      const { body } = await owner.post('/v1/office-hours', {
        weekday: 'wednesday',
        from: '08:00',
        to: '12:00',
        expertId,
      });
      expect(body).toMatchObject({ timeZone: 'America/Los_Angeles', meetingUrl: 'https://meet.example.com/ines' });
      return body.dates.slice(0, 2);
    };

    expect(await at('2027-03-10T00:00:00Z')).toEqual([
      { date: '2027-03-10', startsAt: '2027-03-10T16:00:00.000Z', endsAt: '2027-03-10T20:00:00.000Z', free: 10 },
      { date: '2027-03-17', startsAt: '2027-03-17T15:00:00.000Z', endsAt: '2027-03-17T19:00:00.000Z', free: 10 },
    ]);
    expect(await at('2027-11-03T00:00:00Z')).toEqual([
      { date: '2027-11-03', startsAt: '2027-11-03T15:00:00.000Z', endsAt: '2027-11-03T19:00:00.000Z', free: 10 },
      { date: '2027-11-10', startsAt: '2027-11-10T16:00:00.000Z', endsAt: '2027-11-10T20:00:00.000Z', free: 10 },
    ]);
  });

  test('are refused without a host who is there, and with an end before the beginning, also later', async () => {
    const expertId = await anExpert(api.orm.em.fork(), world.accountId);
    const block = { weekday: 'monday', from: '13:00', to: '17:00', expertId };
    const nobody = '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e';

    const refused = async (change: object) =>
      (await owner.post('/v1/office-hours', { ...block, ...change })).body.field;
    expect(await refused({ expertId: nobody })).toBe('expertId');
    expect(await refused({ to: '13:00' })).toBe('to');
    const { body } = await owner.post('/v1/office-hours', block);
    expect((await owner.patch(`/v1/office-hours/${body.id}`, { from: '18:00' })).body.field).toBe('to');
    expect((await owner.get(`/v1/office-hours/${body.id}`)).body.from).toBe('13:00');
  });
});
