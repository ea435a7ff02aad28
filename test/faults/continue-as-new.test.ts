import { expect, test } from '@jest/globals';
import { state as stateQuery } from '../../workflows/messages.ts';
import type { End } from '../ground/shop.ts';
import { shop, stack, useShop } from '../ground/use-shop.ts';

const PAIRS = 15;

useShop();

/** The runs of a purchase's workflow, oldest first: how each ended, and how long its history is. */
async function runsOf(purchaseId: string): Promise<{ runId: string; status: string; events: number }[]> {
  const { client } = stack.deps.temporal;
  const runs = [];
  let { runId } = await shop.workflow(purchaseId).describe();
  for (;;) {
    const handle = client.workflow.getHandle(`purchase:${purchaseId}`, runId);
    const [{ status }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
    runs.unshift({ runId, status: status.name, events: events!.length });
    const before = events![0]!.workflowExecutionStartedEventAttributes!.continuedExecutionRunId;
    if (!before) return runs;
    runId = before;
  }
}

test('a purchase whose history has grown long goes on in a new run, as the same', async () => {
  const purchaseId = await shop.buy();
  await shop.ask(purchaseId, 'pause', { resumeAt: null, access: 'keep' });

  for (let pair = 0; pair < PAIRS; pair += 1) {
    expect(await shop.ask(purchaseId, 'revoke', { productIds: null })).toMatchObject({ state: 'applied' });
    expect(await shop.ask(purchaseId, 'restore', { productIds: null })).toMatchObject({ state: 'applied' });
  }
  await shop.ask(purchaseId, 'resume', {});

  const runs = await runsOf(purchaseId);
  expect(runs.slice(0, -1).map(({ status }) => status)).toEqual(runs.slice(1).map(() => 'CONTINUED_AS_NEW'));
  expect(runs.length).toBeGreaterThan(1);
  expect(runs.at(-1)!.status).toBe('RUNNING');
  expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(250);
  expect((await shop.timeline(purchaseId)).map(([type]) => type)).toEqual([
    'purchase.bought',
    'payment.succeeded',
    'purchase.paused',
    ...Array.from({ length: PAIRS }, () => ['purchase.revoked', 'purchase.restored']).flat(),
    'purchase.resumed',
  ]);
  expect(await shop.workflow(purchaseId).query(stateQuery)).toEqual(await shop.state(purchaseId));
  // One claim for all the runs: what is carried over was never given up.
  expect(await shop.sql('select epoch from purchases where id = ?', [purchaseId])).toEqual([{ epoch: 1 }]);
});

test('commands that arrive while it goes over to the new run are each carried out once', async () => {
  const purchaseId = await shop.buy();
  const ends: End[] = [];

  // Each command with a wake of its own, many at once, until the run has been handed over.
  while ((await runsOf(purchaseId)).length === 1) {
    const asked: string[] = [];
    for (const name of ['revoke', 'restore', 'revoke', 'restore'] as const)
      asked.push(await shop.accept(purchaseId, name, { productIds: null }));
    const wakes = [...asked, ...asked, ...asked].map((rowId) => ({ kind: 'command', rowId }));
    await Promise.all(wakes.map((wake) => stack.deps.wakes.wake(purchaseId, wake)));
    ends.push(...(await Promise.all(asked.map((commandId) => shop.untilEnded(commandId)))));
  }

  expect(ends.map(({ state }) => state)).toEqual(ends.map(() => 'applied'));
  expect(await shop.timeline(purchaseId)).toHaveLength(2 + ends.length);
});
