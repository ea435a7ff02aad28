import { purchaseWorkflowId } from '../../workflows/ids.ts';
import type { Bench, Figure } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';
import { besideFloor, byItself } from './figures.ts';
import { allOf, byProcess, processorMs, type ProcessorMs } from './processor-time.ts';
import { buyAll, quiet, type Bought } from './purchases.ts';
import { legsOf, median, percentile, rounds, type Measures } from './rounds.ts';

/**
 * With fewer in the cache than there are purchases, whoever is asked in turn has left it meanwhile;
 * with a few, what Stripe says of a verb still finds its workflow there.
 */
const SCALES = {
  full: { purchases: 24, cached: 8, times: 4, rounds: 3 },
  small: { purchases: 4, cached: 2, times: 2, rounds: 1 },
};

/**
 * Verbs of purchases that wake after a long time, as most do that renew once a month: the worker no
 * longer holds their workflow, and replays its history first. The floor is the same with those that
 * it holds.
 */
export const coldVerb: Bench = {
  name: 'coldVerb',
  about: 'pause and resume of purchases that the worker has to replay first, beside those that it holds',
  async run(scale, tools) {
    const { purchases, cached, times, rounds: count } = SCALES[scale];
    const stack = await tools.ground.stack({ settings: { WORKER_MAX_CACHED: String(cached) } });
    try {
      const bought = await buyAll(stack, purchases);
      const legs = {
        ours: () => inTurn(stack, bought, times),
        floor: () => oneAfterTheOther(stack, bought, times),
      };
      await legs.ours();
      const done = await rounds(count, legs, tools);
      const more = (measure: string) => median(legsOf(done, 'ours', measure)) - median(legsOf(done, 'floor', measure));
      const events = median(legsOf(done, 'ours', 'events'));
      const others = done.map((round) => round.others);
      return [
        besideFloor({ name: 'p50', unit: 'ms', measure: 'p50' }, done),
        besideFloor({ name: 'processor time, all processes', unit: 'ms', measure: 'all' }, done),
        besideFloor({ name: 'processor time, worker', unit: 'ms', measure: 'worker' }, done),
        byItself({ name: 'events of a history, before and after in the mean', unit: 'events' }, [events]),
        perHundred('time', more('p50') / events, others),
        perHundred('processor time', more('all') / events, others),
      ];
    } finally {
      await stack.close();
    }
  },
};

const perHundred = (what: string, each: number, others: (number | null)[]): Figure =>
  byItself({ name: `${what} of replaying 100 events`, unit: 'ms' }, [each * 100], others);

/** Each is asked once before any is asked again. */
async function inTurn(stack: BenchStack, bought: Bought, times: number): Promise<Measures> {
  const taken: number[] = [];
  const before = await meanEvents(stack, bought);
  const { ms } = await processorMs(stack, async () => {
    for (let turn = 0; turn < times; turn += 1)
      for (const id of bought.purchaseIds) taken.push(await ask(stack, bought, id, turn));
    await quiet(bought.shop);
  });
  const events = (before + (await meanEvents(stack, bought))) / 2;
  return { ...measuresOf(taken, ms), events };
}

/** Each is asked twice, after which the worker holds it, and only then counted. */
async function oneAfterTheOther(stack: BenchStack, bought: Bought, times: number): Promise<Measures> {
  const taken: number[] = [];
  let sum = byProcess(() => 0);
  for (const id of bought.purchaseIds) {
    for (let turn = 0; turn < 2; turn += 1) await ask(stack, bought, id, turn);
    await quiet(bought.shop);
    const { ms } = await processorMs(stack, async () => {
      for (let turn = 0; turn < times; turn += 1) taken.push(await ask(stack, bought, id, turn));
      await quiet(bought.shop);
    });
    const before = sum;
    sum = byProcess((kind) => before[kind] + ms[kind]);
  }
  return measuresOf(taken, sum);
}

/** Of one verb. */
const measuresOf = (taken: number[], ms: ProcessorMs): Measures => ({
  p50: percentile(taken, 0.5),
  all: allOf(ms) / taken.length,
  worker: ms.worker / taken.length,
});

/** In the histories as they stand. */
async function meanEvents({ deps }: BenchStack, { purchaseIds }: Bought): Promise<number> {
  let sum = 0;
  for (const id of purchaseIds) {
    const handle = deps.temporal.client.workflow.getHandle(purchaseWorkflowId(id));
    sum += (await handle.describe()).historyLength;
  }
  return sum / purchaseIds.length;
}

/** In milliseconds. */
async function ask({ apiUrl }: BenchStack, { key }: Bought, id: string, turn: number): Promise<number> {
  const verb = turn % 2 === 0 ? 'pause' : 'resume';
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const began = performance.now();
  const answer = await fetch(`${apiUrl}/v1/purchases/${id}/${verb}`, { method: 'POST', headers, body: '{}' });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${verb} was answered with ${answer.status}: ${text}`);
  return performance.now() - began;
}
