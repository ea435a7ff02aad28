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
import { startOwnProcess } from '../ground/own-process.ts';

/** Where the dependent's own row is in hand when the second worker dies: null where none is. */
const POINTS = [null, 'stripe:after:end-dependent:0', 'record:before:done'];

type Pair = { planId: string; dependentId: string; subscriptionId: string };

let stack: Stack;
let shop: Shop;
let pairs: Pair[];
const signals: (string | null)[] = [];

// Two deaths for all pairs: once every plan's end is recorded, so that no dependent has looked yet,
// and once every dependent is at its point.
beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  pairs = await buyPairs();
  for (const { subscriptionId } of pairs) await stack.sandbox.stripe.subscriptions.cancel(subscriptionId);
  await shop.deliver();
  signals.push(await dieAt(pairs.map(({ planId }) => ['record:after:done', planId])));

  const armed = pairs.flatMap(({ dependentId }, index) => {
    const point = POINTS[index];
    return point ? [[point, dependentId] as const] : [];
  });
  for (const [, dependentId] of armed) await stack.deps.wakes.wake(dependentId, { kind: 'test', rowId: null });
  signals.push(await dieAt(armed));

  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  for (const { dependentId } of pairs)
    await eventually(async () => endOf((await shop.state(dependentId)).billing), 60_000);
  await shop.moveTo(new Date(Date.parse(await shop.now()) + 3_600_000).toISOString());
  await worker.stop();
}, 180_000);
afterAll(() => stack.close());

async function buyPairs(): Promise<Pair[]> {
  const worker = await stack.startWorker();
  const bought = await Promise.all(POINTS.map(aPair));
  await worker.stop();
  return bought;
}

async function aPair(): Promise<Pair> {
  const person = await shop.contact();
  const planId = await shop.buy({ person });
  const { terms, billing } = await shop.state(planId);
  const dependentId = await shop.buy({ person, requires: [terms.offerId] });
  return { planId, dependentId, subscriptionId: (billing as SubscriptionBilling).subscriptionId! };
}

async function openRow(purchaseId: string): Promise<string> {
  const sql = `select id from inbox where subject_id = ? and state = 'open'`;
  return eventually(async () => (await shop.sql<{ id: string }>(sql, [purchaseId]))[0]?.id);
}

async function dieAt(points: readonly (readonly [point: string, purchaseId: string])[]): Promise<string | null> {
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const armed = await Promise.all(points.map(async ([point, id]) => `${point}@${await openRow(id)}`));
  const worker = startOwnProcess('worker', { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT }, armed);
  return worker.diesWithin(60_000);
}

test.each(POINTS.map((point, index) => [point ?? 'nothing of its own', index] as const))(
  'killed over its plan and at %s, the end reaches the dependent once',
  async (_, index) => {
    const { planId, dependentId } = pairs[index]!;
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);

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
  },
);
