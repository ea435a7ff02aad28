import { expect, test } from '@jest/globals';
import { aBlock, anExpert } from '../builders/rows.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

/** Wednesday, three days after the journeys begin. */
const [EIGHT, NINE] = ['2027-02-03T08:00:00.000Z', '2027-02-03T08:45:00.000Z'] as const;
const CREDITS = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 };

type Figures = { available: number; remainingThisYear: number; data: { state: string }[] };
const creditsOf = (site: Site, id: string) => site.must<Figures>(site.owner.get(`/v1/purchases/${id}/credits`));
const statesOf = async (site: Site, id: string) => (await creditsOf(site, id)).data.map(({ state }) => state).sort();

async function given(credits: object = CREDITS) {
  const site = await aSite(town);
  const expertId = await anExpert(town.deps.orm.em.fork(), site.accountId);
  const offer = await site.offer({ credits, officeHours: true });
  const book = (purchaseId: string, startsAt: string) =>
    site.owner.post('/v1/calls', { purchaseId, expertId, startsAt });
  const slots = async (purchaseId: string) => {
    const asked = `purchaseId=${purchaseId}&expertId=${expertId}&from=2027-02-03&to=2027-02-04`;
    const { data } = await site.must<{ data: { startsAt: string }[] }>(site.owner.get(`/v1/slots?${asked}`));
    return data.map(({ startsAt }) => startsAt);
  };
  return { site, offer, book, slots, expertId };
}

test('of two who book one slot one has it, and the other keeps the credit', async () => {
  const { site, offer, book, slots } = await given();
  const [ada, bo] = [await site.buy(offer), await site.buy(offer)];

  const answers = await Promise.all([book(ada, EIGHT), book(bo, EIGHT)]);
  await site.quiet();

  expect(answers.map(({ status, body }) => [status, body.code ?? 'booked']).sort()).toEqual([
    [200, 'booked'],
    [409, 'slot_taken'],
  ]);
  expect((await creditsOf(site, ada)).available + (await creditsOf(site, bo)).available).toBe(11);
  expect(await slots(ada)).not.toContain(EIGHT);
});

test('a call is moved and canceled in time: its credit is back, and the slot is open', async () => {
  const { site, offer, book, slots } = await given();
  const id = await site.buy(offer);
  const { body: call } = await book(id, EIGHT);

  await site.must(site.owner.post(`/v1/calls/${String(call.id)}/reschedule`, { startsAt: NINE }));
  expect(await slots(id)).toContain(EIGHT);
  expect(await slots(id)).not.toContain(NINE);
  await site.must(site.owner.post(`/v1/calls/${String(call.id)}/cancel`, {}));
  await site.quiet();

  expect(await slots(id)).toContain(NINE);
  expect(await statesOf(site, id)).toEqual(Array(6).fill('available'));
});

test('a call that takes place is reminded of twice, held by itself, and its credit is spent', async () => {
  const { site, offer, book } = await given();
  const id = await site.buy(offer);
  await book(id, EIGHT);

  await site.moveTo('2027-02-03T10:00:00.000Z');

  expect(await statesOf(site, id)).toEqual([...Array<string>(5).fill('available'), 'spent']);
  expect((await site.timeline(id)).filter((line) => line.includes('call.'))).toEqual([
    '2027-01-31T09:00Z call.booked by api_key (startsAt: 2027-02-03T08:00Z)',
    '2027-02-02T08:00Z call.reminded by automation (startsAt: 2027-02-03T08:00Z)',
    '2027-02-03T07:00Z call.reminded by automation (startsAt: 2027-02-03T08:00Z)',
    '2027-02-03T08:45Z call.held by automation (startsAt: 2027-02-03T08:00Z)',
  ]);
});

test('money-back cancels the call that is booked, and no credit is left', async () => {
  const { site, offer, book } = await given();
  const id = await site.buy(offer);
  await book(id, EIGHT);

  const planned = await site.preview(id, 'money-back');
  await site.ask(id, 'money-back');

  expect(planned).toMatchObject({ calls: [{ kind: 'call', change: 'canceled', startsAt: EIGHT }] });
  expect(await statesOf(site, id)).toEqual([...Array<string>(5).fill('forfeited'), 'spent']);
  expect((await site.owner.get(`/v1/calls?purchaseId=${id}`)).body.data).toMatchObject([{ state: 'canceled' }]);
});

test('of two who ask for the last credit one books, and the other reads that it is held', async () => {
  const { site, offer, book } = await given({ ...CREDITS, perYear: 1 });
  const id = await site.buy(offer);

  const answers = await Promise.all([book(id, EIGHT), book(id, NINE)]);
  await site.quiet();

  expect(answers.map(({ status, body }) => [status, body.code, body.detail]).sort()).toEqual([
    [200, undefined, undefined],
    [409, 'no_credit', 'No credit is left: every one is held for a call that is booked.'],
  ]);
  expect(await statesOf(site, id)).toEqual(['held']);
});

test('each email of a call has its file: one event, of which the last version counts, for booker and expert', async () => {
  const { site, offer, book } = await given();
  const id = await site.buy(offer);
  const { body: call } = await book(id, EIGHT);
  await site.must(site.owner.post(`/v1/calls/${String(call.id)}/reschedule`, { startsAt: NINE }));
  await site.moveTo('2027-02-03T08:00:00.000Z');
  await site.must(site.owner.post(`/v1/calls/${String(call.id)}/cancel`, {}));
  await site.quiet();

  const files = await filesOf(id);
  const both = (kind: string, ...what: string[]) => [
    [kind, ...what],
    [`expert-${kind}`, ...what],
  ];
  expect(files.map(({ kind, lines }) => [kind, ...VERSION.map((name) => lines[name])])).toEqual([
    ...both('call-booked', 'REQUEST', '0', '20270203T080000Z', 'CONFIRMED'),
    ...both('call-moved', 'REQUEST', '1', '20270203T084500Z', 'CONFIRMED'),
    ...both('call-reminder', 'REQUEST', '1', '20270203T084500Z', 'CONFIRMED'),
    ...both('call-reminder', 'REQUEST', '1', '20270203T084500Z', 'CONFIRMED'),
    ...both('call-canceled', 'CANCEL', '2', '20270203T084500Z', 'CANCELLED'),
  ]);
  expect(new Set(files.map(({ lines }) => lines.UID))).toEqual(new Set([call.id]));
  const [first, second] = files;
  expect(second?.lines).toMatchObject({ 'ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Ines Kolar"': 'MAILTO:ines@example.com' });
  expect(first?.lines).toEqual({
    BEGIN: 'VEVENT',
    VERSION: '2.0',
    PRODID: '-//Perennial//Calls//EN',
    METHOD: 'REQUEST',
    UID: call.id,
    SEQUENCE: '0',
    DTSTAMP: '20270131T090000Z',
    DTSTART: '20270203T080000Z',
    DTEND: '20270203T084500Z',
    SUMMARY: 'Call: Ines Kolar\\, Ada',
    LOCATION: 'https://meet.example.com/ines',
    'ORGANIZER;CN="Willow"': 'mailto:help@willow.example',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CN="Ada"': expect.stringMatching(/^MAILTO:ada-/),
    'URL;VALUE=URI': 'https://meet.example.com/ines',
    STATUS: 'CONFIRMED',
    END: 'VCALENDAR',
  });
});

const VERSION = ['METHOD', 'SEQUENCE', 'DTSTART', 'STATUS'];

/** The files of a purchase's emails, by the names of their lines, in the order of the emails. */
async function filesOf(purchaseId: string) {
  const rows = await town.deps.orm.em
    .fork()
    .execute<{ kind: string; calendar: string }[]>(
      'select kind, calendar from emails where purchase_id = ? and calendar is not null order by due_at, id',
      [purchaseId],
    );
  return rows.map(({ kind, calendar }) => {
    const lines = calendar.replaceAll('\r\n ', '').trim().split('\r\n');
    const named = lines.map((line) => /^((?:[^:"]|"[^"]*")+):(.*)$/.exec(line)!.slice(1) as [string, string]);
    return { kind, lines: Object.fromEntries(named) };
  });
}

test('an expert who is ill cancels a day by one job: what is booked then goes, and nothing is booked anew', async () => {
  const { site, offer, book, slots, expertId } = await given();
  const [ada, bo] = [await site.buy(offer), await site.buy(offer)];
  const blockId = await aBlock(town.deps.orm.em.fork(), { accountId: site.accountId, expertId });
  const seat = { purchaseId: ada, date: '2027-02-03' };
  await site.must(book(ada, EIGHT));
  await site.must(book(bo, NINE));
  await site.must(book(bo, '2027-02-04T08:00:00.000Z'));
  await site.must(site.owner.post(`/v1/office-hours/${blockId}/seats`, seat));
  const day = { from: '2027-02-03', to: '2027-02-03' };
  const cancel = (body: object) => site.owner.post(`/v1/experts/${expertId}/cancel-bookings`, body);

  const planned = await site.must(cancel({ ...day, dryRun: true }));
  const job = await site.must(cancel({ ...day, reason: 'Ill' }), 202);
  await site.quiet();

  const returned = { credit: 'returned', creditExpiresAt: '2028-01-31T09:00:00.000Z' };
  expect(planned).toMatchObject({
    startsAt: '2027-02-02T23:00:00.000Z',
    endsAt: '2027-02-03T23:00:00.000Z',
    calls: [
      { purchaseId: ada, bookerName: 'Ada', startsAt: EIGHT, ...returned },
      { purchaseId: bo, bookerName: 'Ada', startsAt: NINE, ...returned },
    ],
    seats: [{ purchaseId: ada, startsAt: '2027-02-03T16:00:00.000Z' }],
  });
  expect(job).toMatchObject({ state: 'running', total: 3, done: 0, reason: 'Ill', by: { kind: 'api_key' } });
  expect(await site.must(site.owner.get(`/v1/jobs/${job.id}`))).toMatchObject({
    state: 'done',
    total: 3,
    applied: 3,
    results: [
      { verb: 'cancel-call' },
      { verb: 'cancel-call' },
      { verb: 'cancel-seat', status: 'applied', detail: null },
    ],
  });
  expect((await creditsOf(site, ada)).available + (await creditsOf(site, bo)).available).toBe(11);
  const told = (await site.emailsOf(ada)).map(({ kind }) => kind).filter((kind) => kind.includes('cancel'));
  expect(told.sort()).toEqual(['call-canceled', 'expert-call-canceled', 'expert-seat-canceled', 'seat-canceled']);
  expect(await slots(ada)).toEqual([]);
  expect((await book(ada, EIGHT)).body.code).toBe('slot_closed');
  const again = await site.owner.post(`/v1/office-hours/${blockId}/seats`, seat);
  expect(again.body.code).toBe('slot_closed');
});
