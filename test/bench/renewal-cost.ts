import { WorkflowNotFoundError } from '@temporalio/common';
import type { WorkflowClient, WorkflowHandle } from '@temporalio/client';
import { mailWorkflowId, purchaseWorkflowId } from '../../workflows/ids.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import type { Bench, Figure } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, byItself, short } from './figures.ts';
import { addedRows, keptRows, type Kept } from './renewal-cost/kept-rows.ts';
import { openSite, type Site } from './site.ts';

const SCALES = { full: { renewals: 5, quietMs: 1_500 }, small: { renewals: 1, quietMs: 200 } };

/** What Temporal and Postgres keep of one month of a subscription, and what Temporal counts. */
export const renewalCost: Bench = {
  name: 'renewalCost',
  about:
    'events, bytes, actions and rows of one monthly renewal with its receipt email, as webhooks bring it to a live account',
  async run(scale, { ground, say }) {
    const { renewals, quietMs } = SCALES[scale];
    const stack = await ground.stack({ isAlone: true }); // Stripe's time runs away from its other customers
    try {
      const site = await openSite(stack, 'live');
      // Stripe's time is hurried on, the account's is not: events from beyond it would be read anew
      // at Stripe.
      await control(stack.sandbox, 'POST', '/settings', { eventsAtRealTime: true });
      const purchaseId = await bought(site);
      const costs: Cost[] = [];
      while (costs.length < renewals) {
        costs.push(await renew({ stack, site, purchaseId, behind: [0], quietMs }));
        say(JSON.stringify(costs.at(-1)));
      }
      await control(stack.sandbox, 'POST', '/settings', { draftMinutes: 60 });
      const parted = await renew({ stack, site, purchaseId, behind: [0, HOUR_S], quietMs });
      say(JSON.stringify(parted));
      return [...figuresOf('', costs, true), ...figuresOf(', invoice an hour later', [parted], false)];
    } finally {
      await stack.close();
    }
  },
};

const HOUR_S = 3_600;

async function bought(site: Site): Promise<string> {
  // Without a refund window the one timer stands behind the renewal, as it does in all months but
  // the first.
  const id = await site.checkOut(await site.offer({ refundWindowDays: 0 }));
  await eventually(async () => (await payments(site, id)) === 1);
  await site.quiet();
  return id;
}

async function payments(site: Site, purchaseId: string): Promise<number> {
  const [row] = await site.sql<{ count: string }>('select count(*) as count from payments where purchase_id = ?', [
    purchaseId,
  ]);
  return Number(row?.count);
}

async function nextChargeAt(site: Site, purchaseId: string): Promise<number> {
  const [row] = await site.sql<{ at: string }>('select next_charge_at as at from purchases where id = ?', [purchaseId]);
  return Math.floor(new Date(row?.at ?? '').getTime() / 1000);
}

type Renewal = {
  stack: BenchStack;
  site: Site;
  purchaseId: string;
  /** Seconds behind the renewal to which Stripe's time is let pass, step by step. */
  behind: number[];
  /** How long a history is left alone before it counts as settled. */
  quietMs: number;
};

type Cost = { events: number; bytes: number; mailEvents: number; mailBytes: number; actions: number; kept: Kept };

/** Lets Stripe's time pass until it has charged once more and the receipt is sent. */
async function renew({ stack, site, purchaseId, behind, quietMs }: Renewal): Promise<Cost> {
  const { workflow } = stack.deps.temporal.client;
  const purchase = workflow.getHandle(purchaseWorkflowId(purchaseId));
  const before = await settled(purchase, quietMs);
  const keptBefore = await keptRows(site);
  const paid = await payments(site, purchaseId);
  const renewsAtS = await nextChargeAt(site, purchaseId);
  for (const seconds of behind) {
    const { length } = (await settled(purchase, quietMs)).events;
    const { now } = await control(stack.sandbox, 'POST', '/time', {});
    await control(stack.sandbox, 'POST', '/time', { advanceSeconds: renewsAtS + seconds + 10 - Number(now) });
    await eventually(async () => (await settled(purchase, quietMs)).events.length > length);
  }
  await eventually(async () => (await payments(site, purchaseId)) === paid + 1);
  await site.quiet();
  const after = await settled(purchase, quietMs);
  const mailed = await mailedBy(workflow, await receipt(site, purchaseId), quietMs);
  const news = after.events.slice(before.events.length);
  return {
    events: news.length,
    bytes: after.bytes - before.bytes,
    mailEvents: mailed.events.length,
    mailBytes: mailed.bytes,
    actions: actionsIn(news) + actionsIn(mailed.events),
    kept: addedRows(keptBefore, await keptRows(site)),
  };
}

/** The newest one, as soon as it is sent. */
const receipt = (site: Site, purchaseId: string): Promise<string> =>
  eventually(async () => {
    const [email] = await site.sql<{ id: string; state: string }>(
      `select id, state from emails where purchase_id = ? and kind = 'payment-receipt' order by due_at desc, id desc limit 1`,
      [purchaseId],
    );
    return email && email.state !== 'queued' && email.id;
  });

/** An email that went out at once has no workflow. */
async function mailedBy(workflow: WorkflowClient, emailId: string, quietMs: number): Promise<Settled> {
  const mail = workflow.getHandle(mailWorkflowId(emailId));
  const isThere = await mail.describe().catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  });
  return isThere ? settled(mail, quietMs) : { events: [], bytes: 0 };
}

type Event = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];
type Settled = { events: Event[]; bytes: number };

/**
 * A history that has been left alone for a while: late webhooks and their tasks belong to it too.
 */
async function settled(handle: WorkflowHandle, quietMs: number): Promise<Settled> {
  let last = { length: -1, atMs: 0 };
  return eventually(async () => {
    const { events = [] } = await handle.fetchHistory();
    if (events?.length !== last.length) last = { length: events?.length ?? 0, atMs: Date.now() };
    if (Date.now() - last.atMs < quietMs) return null;
    const { raw } = await handle.describe();
    return { events: events ?? [], bytes: Number(raw.workflowExecutionInfo?.historySizeBytes) };
  });
}

/**
 * What Temporal counts as actions: starts, signals, updates, activities, timers, attribute upserts,
 * continue-as-new. Local activities are none of these; they are markers in the history.
 */
const actionsIn = (events: Event[]): number => events.filter((event) => ACTIONS.some((name) => event[name])).length;

const ACTIONS = [
  'workflowExecutionStartedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'activityTaskScheduledEventAttributes',
  'timerStartedEventAttributes',
  'upsertWorkflowSearchAttributesEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
] as const;

function figuresOf(how: string, costs: Cost[], isLimited: boolean): Figure[] {
  const of = (measure: Exclude<keyof Cost, 'kept'>) => costs.map((cost) => cost[measure]);
  const limit = (value: number) => (isLimited ? { limit: atMost(value) } : {});
  const mails = ['purchase and mail'];
  return [
    byItself({ name: `actions${how}`, unit: 'actions', ...limit(6), notes: mails }, of('actions')),
    byItself({ name: `history of the purchase${how}`, unit: 'events', ...limit(12) }, of('events')),
    byItself({ name: `history of the purchase${how}`, unit: 'bytes' }, of('bytes')),
    byItself({ name: `history of the mail${how}`, unit: 'events' }, of('mailEvents')),
    byItself({ name: `history of the mail${how}`, unit: 'bytes' }, of('mailBytes')),
    keptFigure(`rows in Postgres${how}`, costs, 'rows'),
    keptFigure(`bytes of these rows, without indexes${how}`, costs, 'bytes'),
  ];
}

function keptFigure(name: string, costs: Cost[], of: 'rows' | 'bytes'): Figure {
  const sums = costs.map(({ kept }) => Object.values(kept).reduce((sum, each) => sum + each[of], 0));
  const notes = Object.entries(costs.at(-1)?.kept ?? {}).map(([table, each]) => `${table} ${short(each[of])}`);
  return byItself({ name, unit: of, notes: [notes.join(', ')] }, sums);
}
