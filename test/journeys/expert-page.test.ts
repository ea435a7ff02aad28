import { expect, test } from '@jest/globals';
import { anExpert } from '../builders/rows.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const CREDITS = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 };
const [FIRST, SECOND, THIRD] = ['2027-02-02T08:00:00.000Z', '2027-02-02T08:45:00.000Z', '2027-02-04T08:00:00.000Z'];

test('by the link that mails carry an expert marks, cancels and is away, until an admin makes a new link', async () => {
  const site = await aSite(town);
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, site.accountId);
  const other = await anExpert(em, site.accountId, { name: 'Jonas Weber' });
  const purchaseId = await site.buy(await site.offer({ credits: CREDITS }));
  const book = async (startsAt: string | undefined, whom = expertId): Promise<string> =>
    (await site.must(site.owner.post('/v1/calls', { purchaseId, expertId: whom, startsAt }))).id;
  const [first, second, third] = [await book(FIRST), await book(SECOND), await book(THIRD)];
  const ofJonas = await book(THIRD, other);
  await site.quiet();
  const guest = town.client(null);

  const { url } = await site.must<{ url: string }>(site.owner.get(`/v1/experts/${expertId}/link`));
  const page = `/v1/public/experts/${url.split('/').at(-1)}`;
  const [mail] = await em.execute<{ text: string }[]>(
    `select text from emails where purchase_id = ? and kind = 'expert-call-booked' order by id limit 1`,
    [purchaseId],
  );
  expect(mail?.text).toContain(url);

  await site.moveTo('2027-02-02T09:00:00.000Z');
  await site.must(guest.post(`${page}/calls/${first}/no-show`, {}));
  const asked = await site.must(guest.post(`${page}/calls/${third}/cancel`, { dryRun: true }));
  await site.must(guest.post(`${page}/calls/${third}/cancel`, {}));
  const away = await guest.post(`${page}/time-off`, { from: '2027-02-04', to: '2027-02-04' });

  expect(asked).toMatchObject({ status: 'preview', calls: [{ id: third, change: 'canceled' }] });
  const shown = await site.must<{ calls: object[]; timeOff: object[] }>(guest.get(page));
  expect(shown).toMatchObject({
    expert: { name: 'Ines Kolar', timeZone: 'Europe/Vienna' },
    calls: [
      { id: first, state: 'no_show', credit: 'spent', contact: { name: 'Ada' } },
      { id: second, state: 'booked' },
      { id: third, state: 'canceled', credit: 'returned' },
    ],
    timeOff: [{ id: away.body.id }],
  });
  expect((await guest.delete(`${page}/time-off/${away.body.id}`)).status).toBe(204);
  expect((await site.timeline(purchaseId)).filter((line) => line.includes('expert'))).toEqual([
    '2027-02-02T09:00Z call.no-show by expert (startsAt: 2027-02-02T08:00Z)',
    '2027-02-02T09:00Z call.canceled by expert (startsAt: 2027-02-04T08:00Z)',
  ]);

  const refused = await guest.post(`${page}/calls/${third}/held`, {});
  expect([refused.status, refused.body.code]).toEqual([409, 'call_over']);
  expect((await guest.post(`${page}/calls/${ofJonas}/cancel`, {})).status).toBe(404);
  expect((await guest.get(`${page}x`)).status).toBe(404);
  expect((await guest.get(page.replace('.1.', '.2.'))).status).toBe(404);
  expect((await fetch(`${town.apiUrl}${new URL(url).pathname}`)).status).toBe(200);
  const renewed = await site.must<{ url: string }>(site.owner.post(`/v1/experts/${expertId}/link/renew`));
  expect((await guest.get(page)).status).toBe(404);
  expect((await guest.get(`/v1/public/experts/${renewed.url.split('/').at(-1)}`)).status).toBe(200);
});
