import type { Figure, Limit, Scale, Tools } from '../bench.ts';
import { buyAll } from '../purchases.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Ask } from './asks.ts';
import { figureOfPlans, figureOfReads } from './figures.ts';
import { keepPlans } from './plans.ts';

type Looks = {
  purchases: number;
  samples: number;
  rounds: number;
  /** Where the plans are kept. */
  folder: string;
  asksOf: (store: Store) => Promise<Ask[]>;
  limitOf: (ask: Ask) => Limit | undefined;
};

/**
 * What is read over HTTP from one account with as many contacts as purchases, one look after the
 * other, and by which plans.
 */
export async function readFullStore(scale: Scale, tools: Tools, looks: Looks): Promise<Figure[]> {
  const { purchases, samples, rounds, folder, asksOf, limitOf } = looks;
  const stack = await tools.ground.stack();
  try {
    const bought = await buyAll(stack, 1);
    tools.say(`making ${purchases} contacts with a purchase each`);
    const store = await openStore(stack, bought, purchases);
    const asks = await asksOf(store);
    const whole = await keepPlans(store, asks, folder);
    const figures: Figure[] = [];
    for (const ask of asks)
      figures.push(await figureOfReads(store, ask, { samples, rounds, limit: limitOf(ask), tools }));
    return [...figures, figureOfPlans(scale, folder, whole)];
  } finally {
    await stack.close();
  }
}
