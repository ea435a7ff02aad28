import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import { endOf } from '../../workflows/domain/billing-parts.ts';
import { eventually } from '../ground/eventually.ts';
import { freePorts } from '../ground/ports.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aRequestLog } from './sent.ts';

/** Where the cancellation is when the second worker dies: null where it has not begun. */
const POINTS = [null, 'stripe:after:end-disputed:0', 'record:before:done'];

let stack: Stack;
let shop: Shop;
let purchaseIds: string[];
const signals: (string | null)[] = [];

// Two deaths for all of them: once every dispute is recorded, and once every cancellation is at its
// point.
beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  await shop.sql(`update accounts set settings = settings || '{"onDispute": "cancel"}' where id = ?`, [shop.accountId]);
  const first = await stack.startWorker();
  purchaseIds = await Promise.all(POINTS.map(() => shop.buy()));
  await first.stop();
  for (const purchaseId of purchaseIds) await dispute(purchaseId);
  await shop.deliver();
  const heard = await shop.sql<{ id: string }>(`select id from inbox where kind = 'charge.dispute.created'`);
  signals.push(await dieAt(heard.map(({ id }) => `record:after:done@${id}`)));

  const armed = purchaseIds.filter((_, index) => POINTS[index] !== null);
  const points = await Promise.all(armed.map(async (id) => `${POINTS[purchaseIds.indexOf(id)]}@${await openRow(id)}`));
  for (const purchaseId of armed) await stack.deps.wakes.wake(purchaseId, { kind: 'test', rowId: null });
  signals.push(await dieAt(points));

  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  for (const purchaseId of purchaseIds)
    await eventually(async () => endOf((await shop.state(purchaseId)).billing), 60_000);
  await shop.moveTo(new Date(Date.parse(await shop.now()) + 3_600_000).toISOString());
  await worker.stop();
}, 180_000);
afterAll(() => stack.close());

async function dispute(purchaseId: string): Promise<void> {
  const { stripe } = stack.sandbox;
  const invoice = (await shop.state(purchaseId)).payments[0]!.paymentId;
  const { data } = await stripe.invoicePayments.list({ invoice, limit: 1 });
  const { latest_charge } = await stripe.paymentIntents.retrieve(data[0]?.payment.payment_intent as string);
  await control(stack.sandbox, 'POST', '/disputes', { charge: latest_charge });
}

async function openRow(purchaseId: string): Promise<string> {
  const sql = `select id from inbox where subject_id = ? and state = 'open'`;
  return eventually(async () => (await shop.sql<{ id: string }>(sql, [purchaseId]))[0]?.id);
}

async function dieAt(armed: string[]): Promise<string | null> {
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const worker = startOwnProcess('worker', { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT }, armed);
  return worker.diesWithin(60_000);
}

test.each(POINTS.map((point, index) => [point ?? 'nothing of its own', index] as const))(
  'killed over its dispute and at %s, the purchase is canceled once',
  async (_, index) => {
    const purchaseId = purchaseIds[index]!;
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);

    const state = await shop.state(purchaseId);
    expect(state).toMatchObject({ pending: null, attentions: [], billing: { ended: { cause: 'automation' } } });
    const types = (await shop.timeline(purchaseId)).map(([type]) => type);
    expect(types.slice(2)).toEqual(['dispute.opened', 'purchase.canceled']);
    expect((await shop.emails(purchaseId)).slice(1).toSorted()).toEqual([
      'admin-dispute',
      'admin-purchase-canceled',
      'purchase-canceled',
    ]);
    const rows = await shop.sql(`select id from inbox where subject_id = ? and kind = 'end-disputed'`, [purchaseId]);
    expect(rows).toHaveLength(1);
    const subscriptionId = state.billing.kind === 'subscription' ? state.billing.subscriptionId : null;
    const sent = await aRequestLog(stack.sandbox);
    const ends = sent.filter(
      ({ route, id, isFirst }) => isFirst && id === subscriptionId && route.startsWith('DELETE'),
    );
    expect(ends).toHaveLength(1);
  },
);
