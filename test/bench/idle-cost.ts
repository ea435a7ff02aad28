import { resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { eventually } from '../ground/eventually.ts';
import { freePort } from '../ground/ports.ts';
import type { Bench, Tools } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { atMost, besideFloor, byItself, ratioAtMost } from './figures.ts';
import { heldMb, peakMb } from './idle-cost/memory.ts';
import { benchProcess, floorBundle } from './programs.ts';
import { rounds, type Measures } from './rounds.ts';
import { waitingPurchases } from './waiting-purchases.ts';

const SCALES = {
  full: { warm: 500, more: 1_000, lookMs: 1_000, rounds: 2, open: 10_000, cached: 500 },
  small: { warm: 20, more: 30, lookMs: 50, rounds: 1, open: 60, cached: 20 },
};

/** What Node needs to collect its garbage when asked to, in every thread. */
const COLLECTING = `--expose-gc --import ${resolve('test/bench/idle-cost/collect.ts')}`;

/** What purchases cost that only wait. */
export const idleCost: Bench = {
  name: 'idleCost',
  about:
    'memory of a worker per 1,000 waiting purchases, beside bare waiting entities; and of 10,000 open purchases behind a small cache',
  async run(scale, tools) {
    const { rounds: count, open, cached } = SCALES[scale];
    const size = SCALES[scale];
    const done = await rounds(
      count,
      { ours: () => ofPurchases(size, tools), floor: () => ofEntities(size, tools) },
      tools,
    );
    const waiting = { name: 'per 1,000 waiting', unit: 'MB', measure: 'perThousand', limit: ratioAtMost(1.3) };
    const peak = await peakOf({ open, cached }, tools);
    const behind = { name: `${open} open, ${cached} cached: most held`, unit: 'MB', limit: atMost(700) };
    return [
      besideFloor(
        waiting,
        done.map((round) => ({ ...round, others: 0 })),
      ),
      byItself(behind, [peak]),
    ];
  },
};

type Size = { warm: number; more: number; lookMs: number };

const perThousand = (before: number, after: number, { more }: Size): Measures => ({
  perThousand: ((after - before) / more) * 1_000,
});

async function ofPurchases(size: Size, { ground, say }: Tools): Promise<Measures> {
  const settings = { WORKER_MAX_CACHED: '100000', NODE_OPTIONS: COLLECTING };
  const stack = await ground.stack({ settings });
  try {
    const { grow } = await waitingPurchases(stack);
    await grow(size.warm);
    const before = await heldMb(workerOf(stack), size.lookMs);
    await grow(size.more);
    const after = await heldMb(workerOf(stack), size.lookMs);
    say(`purchases: ${before.toFixed(0)} MB, then ${after.toFixed(0)} MB`);
    return perThousand(before, after, size);
  } finally {
    await stack.close();
  }
}

async function ofEntities(size: Size, { ground, say }: Tools): Promise<Measures> {
  const place = await ground.temporal();
  const port = await freePort();
  const env = {
    FLOOR_PORT: String(port),
    FLOOR_BUNDLE: await floorBundle(ground.folder, 'idle-cost/entities.ts'),
    WORKER_MAX_CACHED: '100000',
    TEMPORAL_ADDRESS: place.address,
    TEMPORAL_NAMESPACE: place.namespace,
    NODE_OPTIONS: COLLECTING,
  };
  const readyAt = `http://127.0.0.1:${port}/`;
  const worker = await ground.start(benchProcess({ name: 'floor', file: 'idle-cost/floor-worker.ts', env, readyAt }));
  const connection = await Connection.connect({ address: place.address });
  const client = new Client({ connection, namespace: place.namespace });
  try {
    await growEntities(client, size.warm);
    const before = await heldMb(worker.pidOf('floor'), size.lookMs);
    await growEntities(client, size.more);
    const after = await heldMb(worker.pidOf('floor'), size.lookMs);
    say(`entities: ${before.toFixed(0)} MB, then ${after.toFixed(0)} MB`);
    return perThousand(before, after, size);
  } finally {
    await worker.stop();
    await connection.close();
  }
}

const AT_ONCE = 100;
let started = 0;

/** Starts so many, and resolves once each waits: its first task is over when its timer stands. */
async function growEntities(client: Client, count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, count - first) }, () => `entity-${(started += 1)}`);
    const handles = await Promise.all(
      ids.map((workflowId) => client.workflow.start('entity', { workflowId, taskQueue: 'floor' })),
    );
    await Promise.all(
      handles.map((handle) => eventually(async () => (await handle.describe()).historyLength >= 5, 60_000)),
    );
  }
}

/**
 * The most that a worker with a small cache ever held while so many purchases were woken and went
 * to wait.
 */
async function peakOf({ open, cached }: { open: number; cached: number }, { ground }: Tools): Promise<number> {
  const stack: BenchStack = await ground.stack({ settings: { WORKER_MAX_CACHED: String(cached) } });
  try {
    const { grow } = await waitingPurchases(stack);
    await grow(open);
    return peakMb(workerOf(stack));
  } finally {
    await stack.close();
  }
}

function workerOf(stack: BenchStack): number {
  const [pid] = stack.pidsOf('worker');
  if (pid === undefined) throw new Error('the stack has no worker');
  return pid;
}
