import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../../config.ts';
import { Content } from '../../db/entities/content.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { confirmKept, listKept } from '../../db/platform/kept-content.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { build } from '../../scripts/build.ts';
import { sweep } from '../../worker/sweep.ts';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { RULE } from '../builders/calls.ts';
import { anAccount, anExpert, MONTHLY } from '../builders/rows.ts';
import { freePorts } from '../ground/ports.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { aShop, OPERATOR, T0, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aRequestLog, type Sent } from './sent.ts';

/** Of the first death, while Stripe takes no refund, so that the cancellation is recorded alone. */
const BEFORE_REFUND = ['record:after:money-back:0', 'stripe:after:money-back:0', 'record:after:money-back:2'];
/** Of the second: refunded, and recorded together with what is archived. */
const AFTER_REFUND = ['stripe:after:money-back:2', 'record:before:done', 'record:after:done', 'record:return'];
const POINTS = [...BEFORE_REFUND, ...AFTER_REFUND];

const ACTOR = { kind: 'operator', id: OPERATOR, role: 'operator' } as const;
const AMOUNT = 118_800;

const HAPPENED = ['call.canceled', 'credits.forfeited', 'credits.spent', 'purchase.money-back', 'refund.succeeded'];
const TOLD = [
  'add-on-removal-received',
  'add-on-welcome',
  'admin-cancellation-requested',
  'admin-money-back',
  'call-booked',
  'call-canceled',
  'credit-issued',
  'expert-call-booked',
  'expert-call-canceled',
  'money-back',
  'purchase-confirmation',
];

type Removal = { accountId: string; addOnId: string; subscriptionId: string; commandId: string };

let stack: Stack;
let shop: Shop;
let removals: Removal[];
let sent: Sent[];
const signals: (string | null)[] = [];

beforeAll(async () => {
  await build({ cacheDir: readConfig('test').CACHE_DIR, say: () => undefined });
  stack = await aStack({ workers: 0 });
  shop = await aShop(stack);
  removals = await inUse();
  const early = removals.slice(0, BEFORE_REFUND.length);
  await control(stack.sandbox, 'POST', '/faults', { kind: '429', method: 'POST', path: '/v1/refunds' });
  signals.push(await dieAmong(early, BEFORE_REFUND));
  await control(stack.sandbox, 'DELETE', '/faults');
  signals.push(await dieAmong(removals.slice(BEFORE_REFUND.length), AFTER_REFUND));

  const worker = await stack.startWorker();
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  for (const { commandId } of removals) await shop.untilEnded(commandId, 60_000);
  // Whatever Stripe has to say of it all arrives now, and every email has its try.
  await shop.moveTo('2027-01-31T10:00:00.000Z');
  sent = await aRequestLog(stack.sandbox);
  await worker.stop();
}, 180_000);
afterAll(() => stack.close());

/** Accounts with the add-on, a call booked, and more content than the plan alone has room for. */
async function inUse(): Promise<Removal[]> {
  const worker = await stack.startWorker();
  const bought: { accountId: string; addOnId: string }[] = [];
  for (const point of POINTS) bought.push(await aBuyer(point));
  await shop.moveTo('2027-01-31T09:01:00.000Z');
  const expertId = await anExpert(stack.deps.orm.em.fork(), shop.accountId);
  const used: Removal[] = [];
  for (const [index, one] of bought.entries()) used.push({ ...one, ...(await use(one, expertId, index)) });
  await worker.stop();
  return used;
}

async function aBuyer(name: string) {
  const { accountId } = await anAccount(stack.deps.orm.em.fork(), { name });
  const held = { person: await shop.contact(), forAccountId: accountId };
  await shop.checkOut({ ...held, quotas: { pipelines: 2 } });
  const price = { ...MONTHLY, amountMinor: AMOUNT, interval: 'year' as const };
  const gives = { credits: RULE, quotaFactor: 2, cancelBy: 'request' as const };
  return { accountId, addOnId: await shop.checkOut({ ...held, ...gives, price }) };
}

async function use({ accountId, addOnId }: { accountId: string; addOnId: string }, expertId: string, index: number) {
  const em = stack.deps.orm.em.fork();
  for (const key of ['a', 'b', 'c'])
    await em.insert(Content, { id: uuid(), accountId, kind: 'pipeline', key, ...UNNAMED, createdAt: T0 });
  const items = ['a', 'c'].map((id) => ({ kind: 'pipeline', id }));
  await confirmKept(em, await listKept(em, { accountId, items, by: ACTOR, at: T0 }), ACTOR, T0);

  const callId = uuid();
  const [startsAt, endsAt] = ['08:00', '08:45'].map((time) => addDays(`2027-02-08T${time}:00.000Z`, 7 * index));
  const call = { callId, expertIds: [expertId], startsAt, endsAt };
  const booked = await shop.ask(addOnId, 'book-call', call, { commandId: callId });
  const requestId = uuid();
  const asked = { requestId, refundWanted: true };
  const requested = await shop.ask(addOnId, 'request-cancellation', asked, { commandId: requestId });
  expect([booked.state, requested.state]).toEqual(['applied', 'applied']);
  const { billing } = await shop.state(addOnId);
  return { subscriptionId: (billing as SubscriptionBilling).subscriptionId!, commandId: uuid() };
}

const UNNAMED = { name: null, url: null, archivedAt: null };

/** Removes them, by a worker that dies once each stands at its point. */
async function dieAmong(some: Removal[], points: string[]): Promise<string | null> {
  for (const { addOnId, commandId } of some) {
    const requestId = (await shop.state(addOnId)).cancellationRequest?.id;
    await shop.accept(addOnId, 'money-back', { override: false, hasReason: false, requestId }, { commandId });
    await stack.deps.wakes.wake(addOnId, { kind: 'money-back', rowId: commandId });
  }
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const environment = { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT };
  const armed = some.map(({ commandId }, index) => `${points[index]}@${commandId}`);
  return startOwnProcess('worker', environment, armed).diesWithin(60_000);
}

/** How often each email of a purchase has arrived, by its kind. */
async function arrived(purchaseId: string): Promise<[kind: string, times: number][]> {
  const rows = await shop.sql<{ id: string; kind: string }>('select id, kind from emails where purchase_id = ?', [
    purchaseId,
  ]);
  const { data } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
  return rows.map(({ id, kind }) => [kind, data.filter(({ idempotencyKey }) => idempotencyKey === id).length]);
}

test.each(POINTS.map((point, index) => [point, index] as const))(
  'killed at %s, the add-on is removed once, with its money back [R20.2, R20.4]',
  async (_, index) => {
    const { accountId, addOnId, subscriptionId, commandId } = removals[index]!;
    expect(signals).toEqual(['SIGKILL', 'SIGKILL']);

    expect((await shop.endOf(commandId)).state).toBe('applied');
    expect(await shop.state(addOnId)).toMatchObject({
      pending: null,
      attentions: [],
      cancellationRequest: null,
      billing: { ended: { at: '2027-01-31T09:01:00.000Z' } },
      credits: { open: [] },
    });
    const answered = sent.filter((one) => one.isFirst && (one.commandId === commandId || one.id === subscriptionId));
    expect(answered.map(({ route }) => route)).toEqual(['DELETE /v1/subscriptions', 'POST /v1/refunds']);
    const { data } = await stack.sandbox.stripe.refunds.list({ limit: 100 });
    const refunds = data.filter(({ metadata }) => metadata?.commandId === commandId);
    expect(refunds.map(({ amount }) => amount)).toEqual([AMOUNT]);

    const types = (await shop.timeline(addOnId)).map(([type]) => type);
    expect(types.filter((type) => HAPPENED.includes(type)).toSorted()).toEqual(HAPPENED);
    const ended = `select kind from credit_entries where purchase_id = ? and kind not in ('issued', 'redeemed')`;
    const entries = await shop.sql<{ kind: string }>(`${ended} order by kind`, [addOnId]);
    expect(entries.map(({ kind }) => kind)).toEqual([...Array<string>(5).fill('forfeited'), 'spent']);

    expect((await arrived(addOnId)).toSorted()).toEqual(TOLD.map((kind) => [kind, 1]));
    const left = 'select key from content where account_id = ? and archived_at is null order by key';
    expect(await shop.sql(left, [accountId])).toEqual([{ key: 'a' }, { key: 'c' }]);
  },
);
