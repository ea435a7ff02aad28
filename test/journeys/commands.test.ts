import { expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Writes = { data: { method: string; path: string; idempotencyKey: string | null; replayed: boolean }[] };

const writesTo = async (path: string): Promise<Writes['data']> => {
  const { data } = (await control(town.sandbox, 'GET', `/requests?path=${path}`)) as unknown as Writes;
  return data.filter(({ method, replayed }) => method !== 'GET' && !replayed);
};

test('what is asked while the clock moves waits for it, and is judged by where it arrives', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'POST', '/faults', { kind: '500', path: '/v1/test_helpers', times: 2 });
  const target = '2027-03-10T09:00:00.000Z';

  const moving = site.owner.post('/v1/test-clock/advance', { to: target });
  await eventually(async () => (await site.owner.get('/v1/test-clock')).body.isMoving);
  const again = await site.owner.post('/v1/test-clock/advance', { by: 'day' });
  const asked = site.owner.post(`/v1/purchases/${id}/pause`);
  expect([(await moving).status, (await asked).status]).toEqual([200, 200]);
  await site.quiet();

  expect([again.status, again.body.code]).toEqual([409, 'clock_moving']);
  expect((await site.timeline(id)).slice(1)).toEqual([
    '2027-01-31T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-02-28T09:00Z payment.succeeded by stripe (2900 usd)',
    '2027-03-02T09:00Z purchase.refund-window-closed by system',
    '2027-03-10T09:00Z purchase.paused by api_key (access: keep)',
  ]);
});

test('a repeated Idempotency-Key has its first answer, months later too, and does nothing', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const headers = { 'idempotency-key': uuid() };
  const pause = () => site.owner.post(`/v1/purchases/${id}/pause`, { reason: 'Leave' }, headers);

  const first = await pause();
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await site.ask(id, 'resume');
  await site.moveTo('2027-04-10T09:00:00.000Z');
  const later = await pause();

  expect([first.status, later.status]).toEqual([200, 200]);
  expect(later.body).toEqual(first.body);
  expect(later.headers.get('idempotency-replayed')).toBe('true');
  expect((await site.read(id)).billingStatus).toBe('active');
});

test('twenty at once end in a legal order, each exactly once', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  const paymentId = (await site.read(id)).payments[0]?.id ?? '';
  const verbs = [
    ...Array.from({ length: 4 }, () => ['pause', {}] as const),
    ...Array.from({ length: 4 }, () => ['resume', {}] as const),
    ...Array.from({ length: 4 }, () => ['revoke', {}] as const),
    ...Array.from({ length: 4 }, () => ['restore', {}] as const),
    ...Array.from({ length: 4 }, () => ['refund', { paymentId, amountMinor: 1_000 }] as const),
  ];
  await control(town.sandbox, 'DELETE', '/requests');

  const answers = await Promise.all(verbs.map(([verb, body]) => site.owner.post(`/v1/purchases/${id}/${verb}`, body)));
  await site.quiet();

  const done = verbs.map(([verb]) => verb).filter((_verb, index) => answers[index]?.status === 200);
  expect(answers.filter(({ status }) => ![200, 409, 422].includes(status))).toEqual([]);
  const types = (await site.timelineOf(id)).data.slice(2).map(({ type }) => type);
  const named = (verb: string) => types.filter((type) => type === `purchase.${verb}`).length;
  const count = (verb: string) => done.filter((one) => one === verb).length;
  expect([named('paused'), named('resumed')]).toEqual([count('pause'), count('resume')]);
  expect([named('revoked'), named('restored')]).toEqual([count('revoke'), count('restore')]);
  expect([named('refunded'), count('refund'), (await writesTo('/v1/refunds')).length]).toEqual([2, 2, 2]);
  expect(alternate(types, 'purchase.paused', 'purchase.resumed')).toBe(true);
  expect(alternate(types, 'purchase.revoked', 'purchase.restored')).toBe(true);
  expect((await site.read(id)).payments[0]).toMatchObject({ refundedMinor: 2_000, refunds: [{}, {}] });
});

/** Whether the two take turns, beginning with the first. */
function alternate(types: string[], first: string, second: string): boolean {
  const both = types.filter((type) => type === first || type === second);
  return both.every((type, index) => type === (index % 2 === 0 ? first : second));
}

test('a preview is what then happens, until the purchase has moved on', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());

  const stale = await site.preview(id, 'cancel', { when: 'period_end' });
  await site.ask(id, 'revoke');
  expect(await site.refused(id, 'cancel', { when: 'period_end', planHash: stale.planHash })).toMatchObject({
    status: 409,
    code: 'preview_stale',
  });
  expect(await site.refused(id, 'restore', { expectedVersion: stale.version })).toMatchObject({
    status: 409,
    code: 'state_moved',
  });
  const fresh = await site.preview(id, 'cancel', { when: 'period_end' });
  const { command, purchase } = await site.ask(id, 'cancel', { when: 'period_end', planHash: fresh.planHash });

  expect(command.effects).toMatchObject({ money: fresh.money, emails: fresh.emails });
  expect(purchase).toMatchObject({ due: fresh.after.due, cancelAt: fresh.after.cancelAt });
});

test('contacts go on side by side, each in its own order, and accounts know nothing of each other', async () => {
  const [one, other] = [await aSite(town), await aSite(town)];
  const offer = await one.offer({ refundWindowDays: 0 });
  const paying = await one.buy(offer);
  const leaving = await one.buy(offer);
  const theirs = await other.buy(await other.offer({ refundWindowDays: 0 }));

  await one.ask(leaving, 'cancel', { when: 'period_end' });
  await one.moveTo('2027-04-10T09:00:00.000Z');

  expect((await one.timeline(paying)).map((line) => line.slice(0, 10))).toEqual([
    '2027-01-31',
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
  ]);
  expect((await one.timeline(leaving)).at(-1)).toBe(
    '2027-02-28T09:00Z purchase.canceled by automation (cause: api, endsAccess: true)',
  );
  expect(await other.read(theirs)).toMatchObject({ now: '2027-01-31T09:00:00.000Z', payments: [{}] });
  for (const path of [`/v1/purchases/${theirs}`, `/v1/purchases/${theirs}/timeline`])
    expect((await one.owner.get(path)).status).toBe(404);
  expect((await one.owner.post(`/v1/purchases/${theirs}/cancel`, { when: 'now' })).status).toBe(404);
  expect((await one.owner.get(`/v1/emails?purchaseId=${theirs}`)).body.data).toEqual([]);
  expect((await one.owner.get('/v1/purchases')).body.data).toHaveLength(2);
});

test('one contact with two offers: each purchase lives its own life', async () => {
  const site = await aSite(town);
  const email = site.newEmail();
  const monthly = await site.buy(await site.offer({ refundWindowDays: 0 }), { email });
  const weekly = await site.buy(await site.offer({ interval: 'week', amountMinor: 700, refundWindowDays: 0 }), {
    email,
  });

  await site.ask(monthly, 'pause');
  await site.moveTo('2027-02-22T00:00:00.000Z');

  expect((await site.read(monthly)).payments).toHaveLength(1);
  expect((await site.read(weekly)).payments.map(({ paidAt }) => paidAt.slice(0, 10))).toEqual([
    '2027-01-31',
    '2027-02-07',
    '2027-02-14',
    '2027-02-21',
  ]);
});
