import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readCalendar } from '../../activities/credits/read-calendar.ts';
import { takeDueCalendars } from '../../db/credits/calendars.ts';
import { aPurchase } from './a-world.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const CALENDAR = `BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:dentist\r
DTSTART:20270524T091500\r
DTEND:20270524T093000\r
END:VEVENT\r
END:VCALENDAR\r
`;
let server: Server;
let url: string;
let served: { status: number; text: string };

beforeAll(async () => {
  server = createServer((_request, response) => void response.writeHead(served.status).end(served.text));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ines.ics`;
});
afterAll(() => void server.close());

async function readDue(): Promise<number> {
  const due = await takeDueCalendars(api.orm.em.fork(), 10);
  for (const one of due) await readCalendar({ orm: api.orm, reach: 'loopback' }, one);
  return due.length;
}

async function ines(calendarUrl: string) {
  await api.pool.query('update accounts set clock_at = $1 where id = $2', ['2027-05-23T09:00:00Z', world.accountId]);
  return owner.post('/v1/experts', {
    name: 'Ines Kolar',
    email: 'ines@example.com',
    timeZone: 'Europe/Vienna',
    meetingUrl: 'https://meet.example.com/ines',
    workingHours: { monday: [{ from: '09:00', to: '10:30' }] },
    calendarUrl,
  });
}

test('the busy times of an expert’s calendar are no slots, and stay so while it cannot be read', async () => {
  served = { status: 200, text: CALENDAR };
  const expert = (await ines(url)).body;
  const purchaseId = await aPurchase(api.orm, world);
  const slots = async () =>
    (await owner.get(`/v1/slots?purchaseId=${purchaseId}&expertId=${expert.id}&to=2027-05-25`)).body.data.length;
  const calendar = async () => (await owner.get(`/v1/experts/${expert.id}`)).body;
  expect(await slots()).toBe(2);
  expect(await calendar()).toMatchObject({ calendar: { fetchedAt: null, failedAt: null } });

  expect(await readDue()).toBe(1);
  expect(await slots()).toBe(1);
  expect(await calendar()).toMatchObject({
    calendar: { fetchedAt: expect.any(String), failedAt: null, failure: null },
  });
  expect(await readDue()).toBe(0);

  served = { status: 503, text: '' };
  expect((await owner.post(`/v1/experts/${expert.id}/calendar/fetch`)).status).toBe(202);
  expect(await readDue()).toBe(1);
  expect(await calendar()).toMatchObject({
    calendar: { failedAt: expect.any(String), failure: 'The address answers with status 503.' },
  });
  expect(await slots()).toBe(1);

  await owner.patch(`/v1/experts/${expert.id}`, { calendarUrl: null });
  expect(await slots()).toBe(2);
  expect((await owner.post(`/v1/experts/${expert.id}/calendar/fetch`)).status).toBe(404);
});

test('a calendar inside a private network is refused by name', async () => {
  const { status, body } = await ines('http://10.0.0.1/ines.ics');

  expect({ status, field: body.field }).toEqual({ status: 422, field: 'calendarUrl' });
});

test('an address for calendar programs is read over https', async () => {
  expect((await ines('webcal://calendar.example.com/ines.ics')).body).toMatchObject({
    calendarUrl: 'https://calendar.example.com/ines.ics',
  });
});
