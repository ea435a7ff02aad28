import { expect, test } from '@jest/globals';
import type { Answer } from '../api/a-client.ts';
import { aBlock, anExpert } from '../builders/rows.ts';
import { asCustomer } from './as-customer.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const CREDITS = { perYear: 2, issue: 'period_start', validMonths: 12, callMinutes: 45 };
/** Wednesday in Vienna, three days after the journeys begin. */
const [NINE, TEN] = ['2027-02-03T08:00:00.000Z', '2027-02-03T08:45:00.000Z'];

type Listed = { data: ({ id: string; startsAt: string } & Record<string, unknown>)[] };

/** Two customers of a site with an expert and a block of two seats. */
async function given() {
  const site = await aSite(town);
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, site.accountId);
  const blockId = await aBlock(em, { accountId: site.accountId, expertId, seats: 2 });
  const offer = await site.offer({ credits: CREDITS, officeHours: true });
  const [mine, theirs] = [await site.buy(offer), await site.buy(offer)];
  const [ada, bo] = [await asCustomer(site, mine), await asCustomer(site, theirs)];
  return { site, expertId, blockId, mine, theirs, ada, bo };
}

const refusalOf = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const figuresOf = (site: Site, id: string) => site.must<object>(site.owner.get(`/v1/purchases/${id}/credits`));

test('customers book, move and cancel their own calls, and nobody else reaches them', async () => {
  const { site, expertId, mine, theirs, ada, bo } = await given();
  const asked = { purchaseId: mine, expertId, startsAt: NINE };
  const slots = `/v1/me/slots?purchaseId=${mine}&expertId=${expertId}&from=2027-02-03&to=2027-02-04&timeZone=Asia/Tokyo`;

  const open = await site.must<Listed>(ada.get(slots));
  const shown = await site.must(ada.post('/v1/me/calls', { ...asked, dryRun: true }));
  const call = await site.must(ada.post('/v1/me/calls', { ...asked, planHash: shown.planHash }));
  const one = `/v1/me/calls/${call.id}`;

  expect(open.data[0]).toEqual({ startsAt: NINE, endsAt: TEN, expertId });
  expect(shown).toMatchObject({ status: 'preview', calls: [{ change: 'booked', startsAt: NINE }] });
  expect(call).toMatchObject({ state: 'booked', startsAt: NINE, meetingUrl: 'https://meet.example.com/ines' });
  expect(await refusalOf(bo.post('/v1/me/calls', { ...asked, purchaseId: theirs }))).toEqual([409, 'slot_taken']);
  expect(await refusalOf(bo.post('/v1/me/calls', { ...asked, startsAt: TEN }))).toEqual([404, 'not_found']);
  expect(await refusalOf(bo.get(one))).toEqual([404, 'not_found']);
  expect(await refusalOf(bo.post(`${one}/reschedule`, { startsAt: TEN }))).toEqual([404, 'not_found']);
  expect(await refusalOf(bo.post(`${one}/cancel`, {}))).toEqual([404, 'not_found']);
  expect(await refusalOf(bo.get(slots))).toEqual([404, 'not_found']);
  expect((await bo.get('/v1/me/calls')).body.data).toEqual([]);

  await site.must(ada.post(`${one}/reschedule`, { startsAt: TEN }));
  expect((await site.must<Listed>(ada.get('/v1/me/calls?state=booked'))).data).toMatchObject([
    { id: call.id, startsAt: TEN },
  ]);
  expect((await site.must<Listed>(ada.get(slots))).data[0]).toMatchObject({ startsAt: NINE });
  await site.must(ada.post(`${one}/cancel`, {}));
  expect(await site.must(ada.get(one))).toMatchObject({ state: 'canceled' });
  expect(await refusalOf(ada.post(`${one}/cancel`, {}))).toEqual([409, 'call_over']);
  expect(await figuresOf(site, mine)).toMatchObject({ available: 2, held: 0 });

  const late = await site.must(ada.post('/v1/me/calls', { ...asked, startsAt: '2027-02-01T08:00:00.000Z' }));
  expect(await refusalOf(ada.post(`/v1/me/calls/${late.id}/reschedule`, { startsAt: TEN }))).toEqual([409, 'too_late']);
  await site.must(ada.post(`/v1/me/calls/${late.id}/cancel`, {}));
  expect(await figuresOf(site, mine)).toMatchObject({ available: 1, held: 0, remainingThisYear: 1 });
  expect((await site.timeline(mine)).filter((line) => line.includes('call.'))).toEqual([
    '2027-01-31T09:00Z call.booked by customer (startsAt: 2027-02-03T08:00Z)',
    '2027-01-31T09:00Z call.moved by customer (startsAt: 2027-02-03T08:45Z)',
    '2027-01-31T09:00Z call.canceled by customer (startsAt: 2027-02-03T08:45Z)',
    '2027-01-31T09:00Z call.booked by customer (startsAt: 2027-02-01T08:00Z)',
    '2027-01-31T09:00Z call.canceled by customer (startsAt: 2027-02-01T08:00Z)',
  ]);
});

test('customers take and give up seats, one for each person and day, as long as there are any', async () => {
  const { site, blockId, mine, theirs, ada, bo } = await given();
  const take = (by: typeof ada, purchaseId: string) =>
    by.post(`/v1/me/office-hours/${blockId}/seats`, { purchaseId, date: '2027-02-03' });

  const seat = await site.must(take(ada, mine));
  const free = async () => (await site.must<Listed>(bo.get(`/v1/me/office-hours?purchaseId=${theirs}`))).data[0];

  expect(seat).toMatchObject({ startsAt: '2027-02-03T16:00:00.000Z', endsAt: '2027-02-03T20:00:00.000Z', seat: 1 });
  expect(await refusalOf(take(ada, mine))).toEqual([409, 'already_booked']);
  expect(await refusalOf(take(bo, mine))).toEqual([404, 'not_found']);
  expect(await free()).toMatchObject({ date: '2027-02-03', free: 1, seatId: null });
  expect(await site.must(ada.get(`/v1/me/seats/${seat.id}`))).toEqual(seat);
  expect(await refusalOf(bo.get(`/v1/me/seats/${seat.id}`))).toEqual([404, 'not_found']);
  const { bookedBy, ...shown } = seat as typeof seat & { bookedBy: null };
  expect(bookedBy).toBeNull();
  expect(await site.must(site.owner.get(`/v1/seats/${seat.id}`))).toMatchObject({ ...shown, contact: { name: 'Ada' } });
  const onDate = (date: string) => site.must<Listed>(site.owner.get(`/v1/seats?blockId=${blockId}&date=${date}`));
  expect((await onDate('2027-02-03')).data.map(({ id }) => id)).toEqual([seat.id]);
  expect((await onDate('2027-02-10')).data).toEqual([]);
  expect(await refusalOf(bo.post(`/v1/me/seats/${seat.id}/cancel`, {}))).toEqual([404, 'not_found']);
  await site.must(ada.post(`/v1/me/seats/${seat.id}/cancel`, {}));
  expect((await site.must<Listed>(ada.get('/v1/me/seats'))).data).toMatchObject([{ id: seat.id, state: 'canceled' }]);
  expect((await bo.get('/v1/me/seats')).body.data).toEqual([]);
  expect(await free()).toMatchObject({ free: 2 });
  expect(await figuresOf(site, mine)).toMatchObject({ available: 2 });
});

test('a revocation leaves calls and seats, and one that says so cancels them; neither books anew', async () => {
  const { site, expertId, blockId, mine, theirs, ada, bo } = await given();
  for (const [by, purchaseId, startsAt] of [
    [ada, mine, NINE],
    [bo, theirs, TEN],
  ] as const) {
    await site.must(by.post('/v1/me/calls', { purchaseId, expertId, startsAt }));
    await site.must(by.post(`/v1/me/office-hours/${blockId}/seats`, { purchaseId, date: '2027-02-03' }));
  }

  const kept = await site.preview(mine, 'revoke');
  const shown = await site.preview(theirs, 'revoke', { calls: 'cancel' });
  await site.ask(mine, 'revoke', { planHash: kept.planHash });
  await site.ask(theirs, 'revoke', { calls: 'cancel', planHash: shown.planHash });

  expect(kept.calls).toEqual([]);
  expect(shown.calls.map(({ kind, change }) => [kind, change])).toEqual([
    ['call', 'canceled'],
    ['seat', 'canceled'],
  ]);
  const statesOf = async (by: typeof ada) =>
    Promise.all(
      ['calls', 'seats'].map(async (what) => (await site.must<Listed>(by.get(`/v1/me/${what}`))).data[0]?.state),
    );
  expect(await statesOf(ada)).toEqual(['booked', 'booked']);
  expect(await statesOf(bo)).toEqual(['canceled', 'canceled']);
  expect(await figuresOf(site, theirs)).toMatchObject({ available: 2, held: 0 });
  const again = { purchaseId: theirs, expertId, startsAt: '2027-02-04T08:00:00.000Z' };
  expect((await bo.post('/v1/me/calls', again)).body.detail).toBe('Access is closed, so nothing can be booked.');
  const told = (await site.emailsOf(theirs)).map(({ kind }) => kind).filter((kind) => kind.includes('cancel'));
  expect(told).toEqual(['call-canceled', 'expert-call-canceled', 'seat-canceled', 'expert-seat-canceled']);
});

test('jobs are listed with how far they are, the newest first, in pages', async () => {
  const { site, expertId, mine, ada } = await given();
  await site.must(ada.post('/v1/me/calls', { purchaseId: mine, expertId, startsAt: NINE }));
  const cancel = (day: string) =>
    site.must(site.owner.post(`/v1/experts/${expertId}/cancel-bookings`, { from: day, to: day, reason: 'Ill' }), 202);

  const [first, second] = [await cancel('2027-02-03'), await cancel('2027-02-04')];
  await site.quiet();
  const newest = await site.must(site.owner.get('/v1/jobs?limit=1'));
  const next = await site.must<Listed>(site.owner.get(`/v1/jobs?limit=1&cursor=${newest.nextCursor}`));

  expect(newest.data).toMatchObject([{ id: second.id, state: 'done', total: 0, done: 0 }]);
  expect(next.data).toMatchObject([
    { id: first.id, state: 'done', total: 1, done: 1, applied: 1, refused: 0, reason: 'Ill' },
  ]);
  expect((await (await aSite(town)).owner.get('/v1/jobs')).body.data).toEqual([]);
  expect((await site.clients.assistant.get('/v1/jobs')).status).toBe(403);
});
