import { join } from 'node:path';
import type { Bench, Figure, Tools } from './bench.ts';
import { atMost, byItself, short } from './figures.ts';
import { buyAll } from './purchases.ts';
import { median } from './rounds.ts';
import { asksOf, type Ask } from './read/asks.ts';
import { keepPlans } from './read/plans.ts';
import { timeReads, type Times } from './read/time-reads.ts';
import { openStore, type Store } from './store/open-store.ts';

const scales = {
  full: { purchases: 100_000, samples: 200, rounds: 3 },
  small: { purchases: 200, samples: 3, rounds: 1 },
};

/**
 * What the pages read, from one account with as many contacts as purchases, over HTTP, one look
 * after the other.
 */
export const read: Bench = {
  name: 'read',
  about: 'purchase page, lists by every filter and sort, contact search and counts in a full store',
  async run(scale, tools) {
    const { purchases, samples, rounds } = scales[scale];
    const stack = await tools.ground.stack();
    try {
      const bought = await buyAll(stack, 1);
      tools.say(`making ${purchases} contacts with a purchase each`);
      const store = await openStore(stack, bought, purchases);
      const asks = await asksOf(store);
      const folder = join('test-output', 'bench', 'plans');
      const whole = await keepPlans(store, asks, folder);
      const figures: Figure[] = [];
      for (const ask of asks) figures.push(await figureOf(store, ask, { samples, rounds, tools }));
      const notes = [...(whole.length > 0 ? [whole.join(', ')] : []), `kept in ${folder}`];
      const limit = scale === 'full' ? atMost(0) : undefined;
      return [
        ...figures,
        byItself({ name: 'plans that read a big table whole', unit: 'plans', limit, notes }, [whole.length]),
      ];
    } finally {
      await stack.close();
    }
  },
};

type Often = { samples: number; rounds: number; tools: Tools };

async function figureOf(store: Store, ask: Ask, { samples, rounds, tools }: Often): Promise<Figure> {
  await timeReads(store, ask, Math.min(10, samples));
  const times: Times[] = [];
  const others: (number | null)[] = [];
  while (times.length < rounds) {
    const watched = await tools.quiet.watch(() => timeReads(store, ask, samples));
    times.push(watched.value);
    others.push(watched.others);
  }
  const notes = [`p50 ${short(median(times.map(({ p50 }) => p50)))}`];
  const limit = ask.isBeside ? undefined : atMost(50);
  const p99s = times.map(({ p99 }) => p99);
  return byItself({ name: ask.name, unit: 'ms, p99', limit, notes }, p99s, others);
}
