import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { aTcpProxy, type TcpProxy } from '../ground/tcp-proxy.ts';

const ROWS = 400;

let stack: Stack;
let shop: Shop;
let proxy: TcpProxy;

beforeAll(async () => {
  stack = await aStack({ workers: 0 });
  const database = new URL(stack.environment.DATABASE_URL ?? '');
  proxy = await aTcpProxy({ host: database.hostname, port: Number(database.port) });
  database.port = String(proxy.port);
  shop = await aShop(stack, { mode: 'live' });
  stack.environment.DATABASE_URL = database.href;
  await stack.startWorker();
});

afterAll(async () => {
  await stack.close();
  await proxy.close();
});

async function eventsOf(purchaseId: string) {
  const { events } = await shop.workflow(purchaseId).fetchHistory();
  return events ?? [];
}

/** How many local activities each workflow task has brought to the history. */
async function markersOfTasks(purchaseId: string): Promise<number[]> {
  const counts: number[] = [];
  for (const event of await eventsOf(purchaseId)) {
    if (event.workflowTaskCompletedEventAttributes) counts.push(0);
    if (event.markerRecordedEventAttributes?.markerName === 'core_local_activity') counts[counts.length - 1]! += 1;
  }
  return counts;
}

test('hundreds of open rows on a slow machine are done in tasks that each end in time, in their order, once', async () => {
  const purchaseId = await shop.buy();
  for (let n = 0; n < ROWS; n += 1)
    await shop.accept(purchaseId, n % 2 === 0 ? 'revoke' : 'restore', { productIds: null });
  const before = (await markersOfTasks(purchaseId)).length;
  proxy.slowDown(150);

  await stack.deps.wakes.wake(purchaseId, { kind: 'many', rowId: null });
  await eventually(async () => {
    const [left] = await shop.sql<{ count: string }>(`select count(*) from inbox where state = 'open'`);
    return left?.count === '0';
  }, 90_000);
  proxy.slowDown(0);
  await eventually(async () => (await shop.timeline(purchaseId)).length === 2 + ROWS);

  // The last record is there before its task is over.
  const perTask = await eventually(async () => {
    const counts = (await markersOfTasks(purchaseId)).slice(before);
    return counts.length > 2 && counts;
  });
  expect(Math.max(...perTask)).toBeLessThanOrEqual(8);
  const events = await eventsOf(purchaseId);
  expect(events.filter(({ workflowTaskTimedOutEventAttributes: timedOut }) => timedOut)).toEqual([]);
  const perRecord = await shop.sql<{ count: string }>(
    'select count(*) from timeline where purchase_id = ? group by revision',
    [purchaseId],
  );
  expect(Math.max(...perRecord.map(({ count }) => Number(count)))).toBe(50);
  expect((await shop.timeline(purchaseId)).slice(2).map(([type]) => type)).toEqual(
    Array.from({ length: ROWS }, (_, n) => (n % 2 === 0 ? 'purchase.revoked' : 'purchase.restored')),
  );
}, 180_000);
