import { join } from 'node:path';
import type { Bench, Figure } from './bench.ts';
import { atMost } from './figures.ts';
import { buyAll } from './purchases.ts';
import { asksOf } from './read/asks.ts';
import { figureOfPlans, figureOfReads } from './read/figures.ts';
import { keepPlans } from './read/plans.ts';
import { openStore } from './store/open-store.ts';

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
      for (const ask of asks) {
        const limit = ask.isBeside ? undefined : atMost(50);
        figures.push(await figureOfReads(store, ask, { samples, rounds, limit, tools }));
      }
      return [...figures, figureOfPlans(scale, folder, whole)];
    } finally {
      await stack.close();
    }
  },
};
