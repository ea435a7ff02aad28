/**
 * Asks entities by turns, several side by side, each waiting for its answer: verbs over HTTP, or
 * updates of bare entities.
 */
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';

export type VerbLoad = {
  /** Purchases or bare entities; each is asked by one at a time. */
  ids: string[];
  /** How often each is asked; even, so that every purchase ends as it began. */
  times: number;
  by:
    | { kind: 'http'; url: string; key: string; verbs: [string, string] }
    | { kind: 'update'; address: string; namespace: string };
};

/** How long each took, in milliseconds; `perSecond` from the first to the last. */
export type VerbTimes = { ms: number[]; perSecond: number };

type Ask = (id: string, turn: number) => Promise<void>;

const { ids, times, by } = (await json(process.stdin)) as VerbLoad;
const { ask, close } = by.kind === 'http' ? overHttp(by) : await byUpdate(by);
const ms: number[] = [];
const began = performance.now();
await Promise.all(ids.map(askAll));
const perSecond = ms.length / ((performance.now() - began) / 1_000);
await close();
process.stdout.write(JSON.stringify({ ms, perSecond } satisfies VerbTimes));

async function askAll(id: string): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const began = performance.now();
    await ask(id, turn);
    ms.push(performance.now() - began);
  }
}

type Http = Extract<VerbLoad['by'], { kind: 'http' }>;

function overHttp({ url, key, verbs }: Http): { ask: Ask; close: () => Promise<void> } {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    async ask(id, turn) {
      const verb = verbs[turn % 2];
      const answer = await fetch(`${url}/v1/purchases/${id}/${verb}`, { method: 'POST', headers, body: '{}' });
      if (answer.status === 202) return untilApplied(url, answer.headers.get('location') ?? '', headers);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${verb} was answered with ${answer.status}: ${text}`);
    },
    close: async () => undefined,
  };
}

/**
 * On a machine that is very busy an answer may come later than the API waits: then it takes as long
 * as it takes.
 */
async function untilApplied(url: string, address: string, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const answer = await fetch(url + address, { headers });
    const { status } = (await answer.json()) as { status: string };
    if (status === 'applied') return;
    if (status !== 'pending') throw new Error(`${address} is ${status}`);
    await pause(10);
  }
}

type Update = Extract<VerbLoad['by'], { kind: 'update' }>;

async function byUpdate({ address, namespace }: Update): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { Client, Connection } = await import('@temporalio/client'); // half a second that HTTP need not pay
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  return {
    async ask(id) {
      await client.workflow.getHandle(id).executeUpdate('write', { args: [uuid()] });
    },
    close: () => connection.close(),
  };
}
