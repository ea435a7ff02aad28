import { beforeAll, expect, test } from '@jest/globals';
import { startMissing } from '../../worker/start-missing.ts';
import { status } from '../../worker/status.ts';
import { eventually } from '../ground/eventually.ts';
import { shop, stack, useShop } from '../ground/use-shop.ts';

let purchaseIds: string[];

useShop({ mode: 'live' });
beforeAll(async () => {
  purchaseIds = [await shop.buy(), await shop.buy(), await shop.buy()].sort();
});

const isRunning = async (purchaseId: string) => (await shop.workflow(purchaseId).describe()).status.name === 'RUNNING';
const terminate = async (purchaseId: string) => {
  await shop.workflow(purchaseId).terminate('by mistake');
  await eventually(async () => !(await isRunning(purchaseId)));
};
const running = () => Promise.all(purchaseIds.map(isRunning));

test('runs that were ended while they only waited are told by status, and started again as their turn comes', async () => {
  const [first = '', second = '', third = ''] = purchaseIds;
  await terminate(first);
  await terminate(third);

  const { workflows } = await status(stack.deps);
  const afterTwo = await startMissing(stack.deps, null, 2);
  const halfway = await running();
  const afterAllOfThem = await startMissing(stack.deps, afterTwo, 2);

  expect(workflows).toMatchObject({ mustRun: 3, notRunning: 2 });
  expect([...(workflows?.notRunningIds ?? [])].sort()).toEqual([first, third]);
  expect([afterTwo, halfway]).toEqual([second, [true, true, false]]);
  expect([afterAllOfThem, await running()]).toEqual([null, [true, true, true]]);
  expect((await status(stack.deps)).workflows).toMatchObject({ mustRun: 3, notRunning: 0, notRunningIds: [] });
});

test('one whose own instant has passed is started at once, and what was due then happens as of its instant', async () => {
  const [first = '', , third = ''] = purchaseIds;
  const { refundWindow } = await shop.state(third);
  await terminate(third);
  // As if 31 days had passed: its window closed yesterday.
  const closedAt = new Date(Date.now() - 86_400_000).toISOString();
  await shop.sql(
    `update purchases set own_due_at = ?, snapshot = jsonb_set(snapshot, '{refundWindow,closesAt}', to_jsonb(?::text)) where id = ?`,
    [closedAt, closedAt, third],
  );

  await startMissing(stack.deps, first, 1);

  expect(refundWindow?.closedAt).toBeNull();
  await eventually(async () => (await shop.state(third)).refundWindow?.closedAt);
  expect((await shop.timeline(third)).at(-1)).toEqual(['purchase.refund-window-closed', closedAt]);
});

test('what rests with nothing due needs no workflow, and is not missed', async () => {
  const [first = ''] = purchaseIds;
  await shop.ask(first, 'cancel', { when: 'now', cancelAt: null });
  await shop.sql(`update purchases set own_due_at = null where id = ?`, [first]);
  await terminate(first);

  await startMissing(stack.deps, null);

  expect(await isRunning(first)).toBe(false);
  expect((await status(stack.deps)).workflows).toMatchObject({ mustRun: 2, notRunning: 0 });
});
