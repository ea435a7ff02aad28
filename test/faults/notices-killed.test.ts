import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { MONTHLY } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { freePorts } from '../ground/ports.ts';
import { aShop, T0, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startOwnProcess } from '../ground/own-process.ts';

const POINTS = ['record:before:done', 'record:after:done'];
const TOLD_AT = addDays(T0, 11);

let stack: Stack;
let shop: Shop;
let purchaseIds: string[];
let signal: string | null;

// One death for both, when the notice of each trial that ends is at its point.
beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  const first = await stack.startWorker();
  purchaseIds = await Promise.all(POINTS.map(() => shop.buy({ price: { ...MONTHLY, trialDays: 14 } })));
  await first.stop();

  // Nothing happens at Stripe by then, so the account's clock is enough.
  await shop.sql('update accounts set clock_at = ? where id = ?', [TOLD_AT, shop.accountId]);
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const points = POINTS.map((point, index) => `${point}@${purchaseIds[index]}`);
  const dying = startOwnProcess('worker', { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT }, points);
  await wakeAll();
  signal = await dying.diesWithin(60_000);

  const worker = await stack.startWorker();
  await wakeAll();
  await Promise.all(purchaseIds.map((id) => eventually(async () => (await told(id)).length > 0, 60_000)));
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  await Promise.all(purchaseIds.map((id) => eventually(async () => (await emailsOf(id, 'sent')).length > 0, 60_000)));
  await worker.stop();
}, 240_000);
afterAll(() => stack.close());

const wakeAll = () =>
  Promise.all(purchaseIds.map((id) => stack.deps.wakes.wake(id, { kind: 'trial-notice', rowId: null })));

const told = async (id: string) => (await shop.timeline(id)).filter(([type]) => type === 'purchase.trial-ending');

const emailsOf = (purchaseId: string, state: string) =>
  shop.sql<{ id: string }>(
    `select id from emails where purchase_id = ? and kind = 'trial-ending' and state in (?, 'delivered')`,
    [purchaseId, state],
  );

test.each(POINTS.map((point, index) => [point, index] as const))(
  'killed at %s of its date, a customer is told once that the trial ends',
  async (_point, index) => {
    const purchaseId = purchaseIds[index]!;
    expect(signal).toBe('SIGKILL');

    expect(await told(purchaseId)).toEqual([['purchase.trial-ending', TOLD_AT]]);
    const rows = await emailsOf(purchaseId, 'sent');
    const { data } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
    const arrived = data.filter(({ idempotencyKey }) => rows.some(({ id }) => id === idempotencyKey));
    expect([rows.length, arrived.length]).toEqual([1, 1]);
  },
);
