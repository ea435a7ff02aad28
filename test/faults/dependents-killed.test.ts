import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import { endOf } from '../../workflows/domain/billing-parts.ts';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { eventually } from '../ground/eventually.ts';
import { freePorts } from '../ground/ports.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startWorkerProcess } from '../ground/worker-process.ts';

/** Whose row is in hand when the worker dies: the end at Stripe, or what the dependent is told. */
const POINTS = [
  ['fact', 'record:after:done'],
  ['command', 'stripe:after:end-dependent:0'],
  ['command', 'record:before:done'],
] as const;

let stack: Stack;
let shop: Shop;

beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
}, 120_000);
afterAll(() => stack.close());

async function aPair() {
  const worker = await stack.startWorker();
  const person = await shop.contact();
  const planId = await shop.buy({ person });
  const { terms, billing } = await shop.state(planId);
  const dependentId = await shop.buy({ person, requires: [terms.offerId] });
  await worker.stop();
  return { planId, dependentId, subscriptionId: (billing as SubscriptionBilling).subscriptionId! };
}

async function openRow(purchaseId: string): Promise<string> {
  const sql = `select id from inbox where subject_id = ? and state = 'open'`;
  return eventually(async () => (await shop.sql<{ id: string }>(sql, [purchaseId]))[0]?.id);
}

async function dieAt(point: string, purchaseId: string): Promise<string | null> {
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const rowId = await openRow(purchaseId);
  const worker = startWorkerProcess({ ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT }, [`${point}@${rowId}`]);
  return worker.diesWithin(60_000);
}

test.each(POINTS)('killed over the %s at %s, the end reaches the dependent once', async (whose, point) => {
  const { planId, dependentId, subscriptionId } = await aPair();
  await stack.sandbox.stripe.subscriptions.cancel(subscriptionId);
  await shop.deliver();
  if (whose === 'command') {
    // Dies as soon as the plan's end is recorded, so that the dependent has not looked yet.
    expect(await dieAt('record:after:done', planId)).toBe('SIGKILL');
    await stack.deps.wakes.wake(dependentId, { kind: 'test', rowId: null });
  }

  expect(await dieAt(point, whose === 'fact' ? planId : dependentId)).toBe('SIGKILL');
  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  await eventually(async () => endOf((await shop.state(dependentId)).billing), 60_000);
  await shop.moveTo(new Date(Date.parse(await shop.now()) + 3_600_000).toISOString());
  await worker.stop();

  const at = endOf((await shop.state(planId)).billing)?.at;
  const dependent = await shop.state(dependentId);
  expect(dependent).toMatchObject({
    pending: null,
    attentions: [],
    billing: { ended: { at, cause: 'requirement_ended' } },
  });
  const canceled = (await shop.timeline(dependentId)).filter(([type]) => type === 'purchase.canceled');
  expect(canceled).toEqual([['purchase.canceled', at]]);
  expect((await shop.emails(dependentId)).filter((kind) => kind === 'purchase-canceled')).toHaveLength(1);
  const rows = await shop.sql(`select id from inbox where subject_id = ? and kind = 'end-dependent'`, [dependentId]);
  expect(rows).toHaveLength(1);
});
