import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import { scopeTo } from '../../db/account-scope.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { beginMerge, lockPair } from '../../db/people/merges.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { eventually } from '../ground/eventually.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { freePorts } from '../ground/ports.ts';
import { aShop, T0, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';

let stack: Stack;
let shop: Shop;
let goes: { contactId: string; customerId: string };
let stays: { contactId: string; customerId: string };
let moved: string[];
const signals: (string | null)[] = [];

// One person with two purchases goes: the worker dies at each of them, and twice over the rest.
beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  const first = await stack.startWorker();
  [goes, stays] = [await shop.contact(), await shop.contact()];
  moved = [await shop.buy({ person: goes }), await shop.buy({ person: goes })];
  await shop.buy({ person: stays });
  await first.stop();
  const commands = await begin();
  const points = ['record:before:done', 'record:after:done'];
  await dieAt(points.map((point, index) => `${point}@${commands[index]!.commandId}`));
  await dieAt([`merge:before@${goes.contactId}`]);
  await dieAt([`merge:after@${goes.contactId}`]);

  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  await eventually(async () => (await stateOf()) === 'done');
  await shop.moveTo('2027-02-28T10:00:00.000Z');
  await worker.stop();
}, 240_000);
afterAll(() => stack.close());

async function begin() {
  const em = scopeTo(stack.deps.orm.em.fork(), shop.accountId);
  return em.transactional(async (tx) => {
    const pair = await lockPair(tx, goes.contactId, stays.contactId);
    const { commands } = await beginMerge(tx, { ...pair!, actor: SYSTEM, reason: null, now: T0 });
    return commands;
  });
}

async function dieAt(points: string[]): Promise<void> {
  // Whoever was at the job has died over it, and is not waited for.
  await shop.sql('update worker_jobs set due_at = now()');
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const dying = startOwnProcess('worker', { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT }, points);
  for (const id of moved) await stack.deps.wakes.wake(id, { kind: 'change-contact', rowId: null });
  signals.push(await dying.diesWithin(60_000));
}

async function stateOf(): Promise<unknown> {
  const [merge] = await shop.sql('select state from merges where contact_id = ?', [goes.contactId]);
  return merge?.state;
}

test('a worker that is killed at each step of a merge leaves each purchase moved once, and all the rest with it', async () => {
  expect(signals).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
  expect(await stateOf()).toBe('done');
  const entries = (await Promise.all(moved.map((id) => shop.timeline(id)))).flat().map(([type]) => type);
  expect(entries.filter((type) => type === 'purchase.contact-changed')).toHaveLength(2);
  const whose = await shop.sql('select distinct contact_id as id from purchases where account_id = ?', [
    shop.accountId,
  ]);
  expect(whose).toEqual([{ id: stays.contactId }]);
  const spent = await shop.sql('select contact_id as id, minor::int from contact_spent where account_id = ?', [
    shop.accountId,
  ]);
  const [sum] = await shop.sql(
    'select count(*)::int, sum(amount_minor)::int from payments where account_id = ? and contact_id = ?',
    [shop.accountId, stays.contactId],
  );
  expect(spent).toEqual([{ id: stays.contactId, minor: sum?.sum }]);
  expect(sum?.count).toBe(6);
});
