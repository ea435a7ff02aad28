import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hastenJob } from '../../db/jobs/worker-jobs.ts';
import { keepJobs } from '../../worker/jobs.ts';
import { revive } from '../../worker/revive.ts';
import { status } from '../../worker/status.ts';
import { eventually } from '../ground/eventually.ts';
import { ownTemporal, type OwnTemporal } from '../ground/own-temporal.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack, type TestWorker } from '../ground/stack.ts';
import { control } from '../sandbox/stripe/sandbox.ts';

let temporal: OwnTemporal;
let stack: Stack;
let shop: Shop;
let worker: TestWorker;

beforeAll(async () => {
  temporal = await ownTemporal();
  stack = await aStack({ temporal: temporal.place, workers: 0 });
  worker = await stack.startWorker();
  shop = await aShop(stack);
});

afterAll(async () => {
  await stack.close();
  await temporal.close();
});

const paymentOf = async (purchaseId: string) => (await shop.state(purchaseId)).payments[0]!;
const typesOf = async (purchaseId: string) => (await shop.timeline(purchaseId)).map(([type]) => type);

/** Our clients notice by themselves, after a while. */
async function backAgain(): Promise<void> {
  await temporal.start();
  await eventually(() => stack.deps.wakes.isReachable());
}

test('Temporal killed while a refund is under way: back again, the refund is made once', async () => {
  const purchaseId = await shop.buy();
  const { paymentId } = await paymentOf(purchaseId);
  await control(stack.sandbox, 'POST', '/faults', { kind: '500', path: '/v1/refunds' });
  const input = { paymentId, amountMinor: 900, billing: 'keep', access: 'keep' };
  const commandId = await shop.accept(purchaseId, 'refund', input);
  await stack.deps.wakes.look(purchaseId, { kind: 'refund', rowId: commandId });
  await eventually(async () => (await shop.state(purchaseId)).pending);

  await temporal.kill();
  await control(stack.sandbox, 'DELETE', '/faults');
  await backAgain();
  await stack.deps.wakes.wake(purchaseId, { kind: 'sweep', rowId: null });

  expect(await shop.untilEnded(commandId, 60_000)).toMatchObject({ state: 'applied' });
  expect((await paymentOf(purchaseId)).refunds).toMatchObject([{ amountMinor: 900, status: 'succeeded' }]);
  expect(await typesOf(purchaseId)).toEqual([
    'purchase.bought',
    'payment.succeeded',
    'purchase.refunded',
    'refund.succeeded',
  ]);
}, 120_000);

test('a command accepted while Temporal is away is carried out when it is back', async () => {
  const purchaseId = await shop.buy();

  await temporal.kill();
  const commandId = await shop.accept(purchaseId, 'revoke', { productIds: null });
  await stack.deps.wakes.wake(purchaseId, { kind: 'lost', rowId: commandId });
  const whileAway = await shop.endOf(commandId);
  await backAgain();
  await revive(stack.deps);

  expect(whileAway.state).toBe('open');
  expect(await shop.untilEnded(commandId, 60_000)).toMatchObject({ state: 'applied' });
}, 120_000);

test("Temporal's store is lost in mid-life: revived from Postgres, everything due still happens, once [R24.2]", async () => {
  const purchaseId = await shop.buy();
  const paidAt = (await paymentOf(purchaseId)).paidAt;
  const resumeAt = new Date(Date.parse(paidAt) + 40 * 86_400_000).toISOString();
  await shop.ask(purchaseId, 'pause', { resumeAt, access: 'keep' });
  const before = await shop.state(purchaseId);

  await worker.stop();
  await temporal.kill();
  await temporal.loseStore();
  await backAgain();
  worker = await stack.startWorker();
  const { revived } = await revive(stack.deps);
  await shop.moveTo(new Date(Date.parse(paidAt) + 62 * 86_400_000).toISOString());

  expect(revived).toBeGreaterThanOrEqual(1);
  expect(before.billing).toMatchObject({ pause: { resumeAt } });
  expect(await typesOf(purchaseId)).toEqual([
    'purchase.bought',
    'payment.succeeded',
    'purchase.paused',
    'purchase.refund-window-closed',
    'purchase.resumed',
    'payment.succeeded',
  ]);
  expect(await shop.workflow(purchaseId).describe()).toMatchObject({ status: { name: 'RUNNING' } });
}, 180_000);

test('a store that is lost is told by status, and workers that find a new one revive everything by themselves', async () => {
  const purchaseId = await shop.buy();
  const before = keepJobs(stack.deps, undefined, 50);
  await eventually(async () => (await storesKnown()).length === 1);
  await before.stop();
  const known = await storesKnown();

  await worker.stop();
  await temporal.kill();
  await temporal.loseStore();
  await backAgain();
  const lost = await status(stack.deps);
  worker = await stack.startWorker();
  await hastenJob(stack.deps.orm.em.fork(), 'revive-in-new-store');
  const jobs = [keepJobs(stack.deps, undefined, 50), keepJobs(stack.deps, undefined, 50)];
  await eventually(async () => (await shop.workflow(purchaseId).describe()).status.name === 'RUNNING');
  const found = await eventually(async () => {
    const { workflows } = await status(stack.deps);
    return workflows?.notRunning === 0 && workflows;
  });
  await Promise.all(jobs.map((loop) => loop.stop()));

  expect(lost.workflows).toMatchObject({ running: 0, notRunning: lost.workflows?.mustRun });
  expect(lost.workflows?.notRunningIds).toContain(purchaseId);
  expect(found.mustRun).toBe(lost.workflows?.mustRun);
  expect(await storesKnown()).not.toEqual(known);
  expect(await typesOf(purchaseId)).toEqual(['purchase.bought', 'payment.succeeded']);
}, 180_000);

const storesKnown = async () => {
  const rows = await shop.sql<{ position: string | null }>(
    `select position from worker_jobs where name = 'revive-in-new-store'`,
  );
  return rows.flatMap(({ position }) => position ?? []);
};
