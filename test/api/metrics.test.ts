import { beforeEach, describe, expect, test } from '@jest/globals';
import { METRIC_NAMES } from '../../api/money/metric-definitions.ts';
import { aPaymentRow, T0 } from '../builders/rows.ts';
import { aPurchase } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

let purchaseId: string;
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

const em = () => api.orm.em.fork();
const get = (path: string) => owner.get(`/v1/metrics/${path}`);
const points = async (path: string): Promise<Record<string, unknown>[]> => (await get(path)).body.data;

/** By instants that no clock of the account has reached, rows alone count. */
function paid(at: string, amountMinor = 2_900): Promise<string> {
  const { accountId, contactId } = world;
  return aPaymentRow(em(), { accountId, contactId, purchaseId, id: `in_${at}`, paidAt: at, amountMinor });
}

describe('the periods of a figure', () => {
  test('are days of the account, as of its clock, with nothing where nothing was', async () => {
    expect(await points('net-revenue?from=2027-01-29&to=2027-02-28')).toMatchObject([
      { from: '2027-01-29', to: '2027-01-30', netMinor: 0, payments: 0 },
      { from: '2027-01-30', to: '2027-01-31', netMinor: 0 },
      { from: '2027-01-31', to: '2027-02-01', netMinor: 0 },
    ]);
    expect((await get('net-revenue')).body).toMatchObject({ from: '2027-01-02', to: '2027-02-01', interval: 'day' });
    expect((await get('net-revenue?interval=week')).body).toMatchObject({ from: '2026-11-09', to: '2027-02-01' });
    expect((await get('churn')).body).toMatchObject({ from: '2026-02-01', to: '2027-02-01', interval: 'month' });
    expect((await get('instalments')).body).toMatchObject({ from: '2027-01-31', to: '2028-01-31' });
  });

  test('weeks begin on Monday, and the first and last are as long as they are asked for', async () => {
    await paid('2027-01-13T00:00:00.000Z');
    await paid('2027-01-11T23:59:59.999Z', 100);

    expect(await points('net-revenue?from=2027-01-12&to=2027-01-20&interval=week')).toMatchObject([
      { from: '2027-01-12', to: '2027-01-18', netMinor: 2_900 },
      { from: '2027-01-18', to: '2027-01-20', netMinor: 0 },
    ]);
  });

  test('a day that begins at a quarter of an hour is a day; another zone has other days, of what was before as well', async () => {
    await paid('2027-01-11T18:15:00.000Z', 300);
    await em().execute(`update accounts set time_zone = 'Asia/Kathmandu' where id = ?`, [world.accountId]);
    await paid('2027-01-12T18:14:59.000Z', 1);
    await paid('2027-01-12T18:15:00.000Z', 20);

    expect(await points('net-revenue?from=2027-01-12&to=2027-01-14')).toMatchObject([
      { from: '2027-01-12', netMinor: 301 },
      { from: '2027-01-13', netMinor: 20 },
    ]);
  });

  test.each([
    ['mrr?from=2027-02-02&to=2027-02-01', 'from'],
    ['mrr?from=2030-01-01', 'from'],
    ['mrr?from=2020-01-01&interval=day', 'from'],
    ['mrr?from=yesterday', 'from'],
    ['mrr?interval=year', 'interval'],
    ['mrr?currency=XYZ', 'currency'],
    ['retention?interval=day', 'interval'],
  ])('%s is 422', async (path, field) => {
    expect(await get(path)).toMatchObject({ status: 422, body: { field } });
  });
});

test('a figure that nobody keeps is 404', async () => {
  expect(await get('profit')).toMatchObject({ status: 404 });
});

test('every figure is there before anything was sold, and none is an assistant’s', async () => {
  const assistant = api.client(world.keys.assistant);
  for (const name of METRIC_NAMES) {
    expect((await get(name)).status).toBe(200);
    expect((await assistant.get(`/v1/metrics/${name}`)).status).toBe(403);
  }
});

test('what was paid, changed and given back is counted once, whatever becomes of its row', async () => {
  const id = await paid(T0);
  await em().execute(`update payments set amount_minor = 1900, refunded_minor = 900 where id = ?`, [id]);
  await em().execute(
    `insert into refunds (account_id, id, purchase_id, payment_id, amount_minor, currency, status, created_at)
     select account_id, 're_1', purchase_id, id, -900, currency, 'pending', paid_at from payments where id = ?`,
    [id],
  );
  const today = async () => (await points('net-revenue?from=2027-01-31'))[0];
  expect(await today()).toMatchObject({ payments: 1, paidMinor: 1_900, refundedMinor: 900, netMinor: 1_000 });

  await em().execute(`update refunds set status = 'failed' where id = 're_1'`);
  expect(await today()).toMatchObject({ refundedMinor: 0, netMinor: 1_900 });
  await em().execute('delete from payments where id = ?', [id]);
  expect(await today()).toMatchObject({ payments: 0, netMinor: 0 });
});

test('payments that failed are recovered, lost or open by now', async () => {
  const [paidAt, canceledAt] = ['2027-01-20T09:00:00.000Z', '2027-01-21T09:00:00.000Z'];
  const { accountId, contactId } = world;
  const failed = { accountId, contactId, purchaseId, amountMinor: 1_000, failedAt: '2027-01-12T09:00:00.000Z' };
  await aPaymentRow(em(), { ...failed, id: 'in_1', paidAt });
  await aPaymentRow(em(), { ...failed, id: 'in_2', paidAt: null, canceledAt });
  await aPaymentRow(em(), { ...failed, id: 'in_3', paidAt: null });

  expect(await points('recovered-payments?from=2027-01-01&to=2027-02-01')).toMatchObject([
    { failed: 3, recovered: 1, recoveredMinor: 1_000, lost: 1, open: 1, openMinor: 1_000, recoveryRate: 33.33 },
  ]);
});
