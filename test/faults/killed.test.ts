import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../../config.ts';
import { build } from '../../scripts/build.ts';
import { everythingAlive } from '../../db/jobs/sweep.ts';
import { sweep } from '../../worker/sweep.ts';
import { billingStatus, type SubscriptionBilling } from '../../workflows/domain/billing.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { eventually } from '../ground/eventually.ts';
import { freePorts } from '../ground/ports.ts';
import { RULE } from '../builders/calls.ts';
import { anExpert } from '../builders/rows.ts';
import { aShop, T0, type End, type OfferWish, type Shop } from '../ground/shop.ts';
import { ownTemporal, type OwnTemporal } from '../ground/own-temporal.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startOwnProcess } from '../ground/own-process.ts';
import { aRequestLog, type Sent } from './sent.ts';

type Story = {
  title: string;
  name: CommandName;
  input: object;
  /**
   * Requests of the command that change something at Stripe, each of which is to be answered once.
   */
  sends: string[];
  /** How many writes the verb's plan has. */
  writes: number;
  happened: string[];
  told: string[];
  billing: 'active' | 'canceled';
  refundedMinor: number;
  /** What is sold, and what came of it at once. */
  wish?: OfferWish;
  born?: { happened: string[]; told: string[] };
};

/** More than half, so that nothing may take the command's own refund for somebody else's. */
const REFUND = { paymentId: '', amountMinor: 2000, access: 'keep' };
const CANCELED = ['purchase-canceled', 'admin-purchase-canceled'];
const REFUNDED = ['refund-receipt', 'admin-refund'];

const STORIES: Story[] = [
  {
    title: 'refund',
    name: 'refund',
    input: { ...REFUND, billing: 'keep' },
    writes: 1,
    sends: ['POST /v1/refunds'],
    happened: ['purchase.refunded', 'refund.succeeded'],
    told: REFUNDED,
    billing: 'active',
    refundedMinor: 2000,
  },
  {
    title: 'refund that cancels',
    name: 'refund',
    input: { ...REFUND, billing: 'cancel_now' },
    writes: 3,
    sends: ['DELETE /v1/subscriptions', 'POST /v1/refunds'],
    happened: ['purchase.refunded', 'refund.succeeded'],
    told: [...REFUNDED, ...CANCELED],
    billing: 'canceled',
    refundedMinor: 2000,
  },
  {
    title: 'cancel now',
    name: 'cancel',
    input: { when: 'now', cancelAt: null },
    writes: 2,
    sends: ['DELETE /v1/subscriptions'],
    happened: ['purchase.canceled'],
    told: CANCELED,
    billing: 'canceled',
    refundedMinor: 0,
  },
  {
    title: 'revoke',
    name: 'revoke',
    input: { productIds: null },
    writes: 0,
    sends: [],
    happened: ['purchase.revoked'],
    told: [],
    billing: 'active',
    refundedMinor: 0,
  },
  {
    title: 'call',
    name: 'book-call',
    input: { startsAt: '2027-02-03T08:00:00.000Z', endsAt: '2027-02-03T08:45:00.000Z' },
    writes: 0,
    sends: [],
    happened: ['call.booked'],
    told: ['call-booked', 'expert-call-booked'],
    billing: 'active',
    refundedMinor: 0,
    wish: { credits: RULE },
    born: { happened: ['credits.issued'], told: ['credit-issued'] },
  },
];

/**
 * Every boundary of a verb of so many writes: before and after each record, before and after each
 * write, and where all is recorded and the workflow has not heard of it.
 */
function pointsOf({ name, writes }: Story): string[] {
  const sent = Array.from({ length: writes }, (_, index) => `${name}:${index}`);
  const recorded = [...sent.slice(0, 1), 'done'];
  const around = (what: string, steps: string[]) =>
    steps.flatMap((step) => [`${what}:before:${step}`, `${what}:after:${step}`]);
  return [...around('stripe', sent), ...around('record', recorded), ...(writes > 0 ? ['record:return'] : [])];
}

type Case = { story: Story; point: string; purchaseId: string; commandId: string };

const CASES = STORIES.flatMap((story) => pointsOf(story).map((point) => ({ story, point })));

let temporal: OwnTemporal;
let stack: Stack;
let shop: Shop;
let sent: Sent[];
let signal: string | null;
const cases = new Map<string, Case & { end: End; held: PurchaseState | null }>();
const nameOf = ({ story, point }: Pick<Case, 'story' | 'point'>): string => `${story.title} ${point}`;

beforeAll(async () => {
  const { CACHE_DIR } = readConfig('test');
  [temporal] = await Promise.all([ownTemporal(), build({ cacheDir: CACHE_DIR, say: () => undefined })]);
  stack = await aStack({ temporal: temporal.place, workers: 0 });
  shop = await aShop(stack);

  const bought = await buyAll();
  for (const one of bought) cases.set(nameOf(one), { ...one, end: NEVER, held: null });

  await Promise.all(bought.map(ask));
  signal = await dieAmong(bought);
  await stack.startWorker();
  await Promise.all(
    bought.map(async (one) => {
      const mine = cases.get(nameOf(one))!;
      mine.end = await shop.untilEnded(one.commandId, 90_000);
      mine.held = await heldOf(one.purchaseId);
    }),
  );

  // An email whose start died with the worker is found by the sweep, a minute later or now.
  await everythingAlive(stack.deps.orm.em.fork());
  await sweep(stack.deps);
  // Whatever Stripe has to say of it all arrives now, and every email has its try.
  await shop.moveTo('2027-01-31T10:00:00.000Z');
  sent = await aRequestLog(stack.sandbox);
}, 180_000);

afterAll(async () => {
  await stack.close();
  await temporal.close();
});

const NEVER: End = { state: 'open', answer: null };

async function buyAll(): Promise<Case[]> {
  const worker = await stack.startWorker();
  const bought: Case[] = [];
  for (const one of CASES) bought.push({ ...one, purchaseId: await shop.checkOut(one.story.wish), commandId: uuid() });
  await shop.moveTo('2027-01-31T09:01:00.000Z');
  await worker.stop();
  return bought;
}

const em = () => stack.deps.orm.em.fork();

async function ask({ story, purchaseId, commandId }: Case): Promise<void> {
  const [payment] = (await shop.state(purchaseId)).payments;
  const named = 'paymentId' in story.input && { paymentId: payment!.paymentId };
  const call = story.name === 'book-call' && { callId: commandId, expertIds: [await anExpert(em(), shop.accountId)] };
  const input = { ...story.input, ...named, ...call };
  await shop.accept(purchaseId, story.name, input, { commandId });
  await stack.deps.wakes.wake(purchaseId, { kind: story.name, rowId: commandId });
}

/**
 * A worker that dies once every command stands at its point, and Temporal with it; nobody after it
 * yet. The signal that ended the worker.
 */
async function dieAmong(all: Case[]): Promise<string | null> {
  const [WORKER_PORT = '', WORKER_METRICS_PORT = ''] = (await freePorts(2)).map(String);
  const environment = { ...stack.environment, WORKER_PORT, WORKER_METRICS_PORT };
  const points = all.map(({ point, commandId }) => `${point}@${commandId}`);
  const ended = await startOwnProcess('worker', environment, points).diesWithin(60_000);
  await temporal.kill();
  await temporal.start();
  await eventually(() => stack.deps.wakes.isReachable());
  return ended;
}

describe.each(STORIES)('$title, its worker and Temporal killed', (story) => {
  test.each(pointsOf(story))('at %s, happens once', async (point) => {
    const { purchaseId, commandId, end, held } = cases.get(nameOf({ story, point }))!;

    expect(signal).toBe('SIGKILL');
    expect(end.state).toBe('applied');
    expect(held).not.toBeNull();
    const state = await shop.state(purchaseId);
    expect(billingStatus(state.billing)).toBe(story.billing);
    expect({ pending: state.pending, attentions: state.attentions }).toEqual({ pending: null, attentions: [] });

    expect(await shop.timeline(purchaseId)).toEqual([
      ['purchase.bought', T0],
      ['payment.succeeded', T0],
      ...(story.born?.happened ?? []).map((type) => [type, T0]),
      ...story.happened.map((type) => [type, '2027-01-31T09:01:00.000Z']),
    ]);
    const told = ['purchase-confirmation', ...(story.born?.told ?? []), ...story.told];
    expect((await shop.emails(purchaseId)).sort()).toEqual(told.toSorted());
    expect(await deliveriesOf(purchaseId)).toEqual(told.map(() => 1));

    const { subscriptionId } = state.billing as SubscriptionBilling;
    const answered = sent.filter((one) => one.isFirst && (one.commandId === commandId || one.id === subscriptionId));
    expect(answered.map(({ route }) => route)).toEqual(story.sends);
    const refunds = state.payments.flatMap((payment) => payment.refunds);
    expect(refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(story.refundedMinor);
    expect(await refundedAtStripe(commandId)).toBe(story.refundedMinor);
    const isCall = story.name === 'book-call';
    expect(await bookedFor(purchaseId)).toEqual(isCall ? [{ call: commandId, entries: ['issued', 'redeemed'] }] : []);
  });
});

/**
 * What its workflow holds once it stands where its row stands; null where it does not come to that.
 */
async function heldOf(purchaseId: string): Promise<PurchaseState | null> {
  const handle = stack.deps.temporal.client.workflow.getHandle(purchaseWorkflowId(purchaseId));
  const isSame = async () => {
    // Read anew each time: what Stripe tells of the command may come after its end.
    const held = await handle.query<PurchaseState>('state');
    return isDeepStrictEqual(held, await shop.state(purchaseId)) ? held : null;
  };
  return eventually(isSame, 30_000).catch(() => null);
}

/** Its calls, each with what became of its credit. */
const bookedFor = (purchaseId: string) =>
  shop.sql(
    `select k.id as call, array(select kind from credit_entries e where e.purchase_id = k.purchase_id and e.credit in
       (select credit from credit_entries where call_id = k.id) order by e.revision, e.position) as entries
     from calls k where k.purchase_id = ?`,
    [purchaseId],
  );

/** How often each email of a purchase has arrived. */
async function deliveriesOf(purchaseId: string): Promise<number[]> {
  const rows = await shop.sql<{ id: string }>('select id from emails where purchase_id = ?', [purchaseId]);
  const { data: arrived } = (await stack.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
  return rows.map(({ id }) => arrived.filter(({ idempotencyKey }) => idempotencyKey === id).length);
}

async function refundedAtStripe(commandId: string): Promise<number> {
  const { data } = await stack.sandbox.stripe.refunds.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata?.commandId === commandId).reduce((sum, { amount }) => sum + amount, 0);
}
