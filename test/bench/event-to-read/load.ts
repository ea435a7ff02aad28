/**
 * Tells entities something and watches Postgres until it can be read: paid invoices over the
 * webhook, or signals of bare entities.
 */
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import Stripe from 'stripe';
import { v7 as uuid } from 'uuid';

export type EventLoad = {
  databaseUrl: string;
  by:
    | {
        kind: 'webhook';
        url: string;
        secret: string;
        /** Of each purchase, an event `invoice.paid`. */ bodies: string[];
      }
    | { kind: 'signal'; address: string; namespace: string; ids: string[] };
  how:
    | { kind: 'steady'; perSecond: number; events: number }
    /** The next as soon as one of so many can be read, each of another entity. */
    | { kind: 'flood'; atOnce: number; events: number };
};

/**
 * From its acceptance until it could be read, in milliseconds; `perSecond` from the first to the
 * last.
 */
export type EventTimes = { ms: number[]; perSecond: number };

/** Tells the n-th entity; resolves with the id of the row to look for once it is accepted. */
type Tell = (entity: number) => Promise<string>;

const { databaseUrl, by, how } = (await json(process.stdin)) as EventLoad;
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
const sought = new Map<string, () => void>();
const found = watch(by.kind === 'webhook' ? 'payments' : 'bare_rows');
const { tell, close } = by.kind === 'webhook' ? byWebhook(by) : await bySignal(by);
const ms: number[] = [];
const began = performance.now();
await (how.kind === 'steady' ? steadily(how) : flood(how));
const perSecond = how.events / ((performance.now() - began) / 1_000);
found.stop();
await close();
await pool.end();
process.stdout.write(JSON.stringify({ ms, perSecond } satisfies EventTimes));

async function one(entity: number): Promise<void> {
  const row = await tell(entity);
  const acceptedAt = performance.now();
  await new Promise<void>((resolve) => sought.set(row, resolve));
  ms.push(performance.now() - acceptedAt);
}

async function steadily({ perSecond: rate, events }: Extract<EventLoad['how'], { kind: 'steady' }>): Promise<void> {
  const all: Promise<void>[] = [];
  for (let n = 0; n < events; n += 1) {
    await pause(Math.max(0, began + (n * 1_000) / rate - performance.now()));
    all.push(one(n));
  }
  await Promise.all(all);
}

async function flood({ atOnce, events }: Extract<EventLoad['how'], { kind: 'flood' }>): Promise<void> {
  let told = 0;
  const keepTelling = async (): Promise<void> => {
    while (told < events) await one(told++);
  };
  await Promise.all(Array.from({ length: atOnce }, keepTelling));
}

/** Asks all the time, a few milliseconds apart, which of the rows that are looked for are there. */
function watch(table: 'payments' | 'bare_rows'): { stop: () => void } {
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      if (sought.size > 0) {
        const { rows } = await pool.query<{ id: string }>({
          name: 'look',
          text: `select id from ${table} where id = any($1)`,
          values: [[...sought.keys()]],
        });
        for (const { id } of rows) {
          sought.get(id)?.();
          sought.delete(id);
        }
      }
      await pause(4);
    }
  };
  void look();
  return { stop: () => void (isOver = true) };
}

type Webhook = Extract<EventLoad['by'], { kind: 'webhook' }>;

/** A renewal more for the purchase that the event is of: another invoice, paid now. */
function byWebhook({ url, secret, bodies }: Webhook): { tell: Tell; close: () => Promise<void> } {
  return {
    async tell(entity) {
      const event = JSON.parse(bodies[entity % bodies.length] ?? '') as Stripe.InvoicePaidEvent;
      const [now, id] = [Math.floor(Date.now() / 1_000), `in_${uuid()}`];
      Object.assign(event, { id: `evt_${uuid()}`, created: now });
      Object.assign(event.data.object, { id, created: now, billing_reason: 'subscription_cycle' });
      event.data.object.status_transitions.paid_at = now;
      const payload = JSON.stringify(event);
      const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
      const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
      const answer = await fetch(url, { method: 'POST', headers, body: payload });
      await answer.text();
      if (answer.status !== 200) throw new Error(`an event was answered with ${answer.status}`);
      return id;
    },
    close: async () => undefined,
  };
}

type Signal = Extract<EventLoad['by'], { kind: 'signal' }>;

async function bySignal({ address, namespace, ids }: Signal): Promise<{ tell: Tell; close: () => Promise<void> }> {
  const { Client, Connection } = await import('@temporalio/client'); // half a second that HTTP need not pay
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  return {
    async tell(entity) {
      const row = uuid();
      await client.workflow.getHandle(ids[entity % ids.length] ?? '').signal('hear', row);
      return row;
    },
    close: () => connection.close(),
  };
}
