import { openBareEntities } from './bare/entities.ts';
import type { Bench, Figure, Scale } from './bench.ts';
import { besideFloor, ratioAtMost } from './figures.ts';
import { runLoad } from './programs.ts';
import { buyAll, quiet } from './purchases.ts';
import { percentile, rounds, type Measures } from './rounds.ts';
import type { VerbLoad, VerbTimes } from './verb-latency/load.ts';

type Step = { atOnce: number; times: number; rounds: number; limit: number };

const steps: Record<Scale, Step[]> = {
  full: [
    { atOnce: 1, times: 40, rounds: 5, limit: 1.5 },
    { atOnce: 16, times: 8, rounds: 5, limit: 2 },
  ],
  small: [{ atOnce: 2, times: 2, rounds: 1, limit: 2 }],
};

/**
 * A verb from its request to its answer, with everything that it does at Stripe and in Postgres,
 * beside the least that is durable.
 */
export const verbLatency: Bench = {
  name: 'verbLatency',
  about: 'pause and resume over HTTP, beside a bare update with one activity that writes one row',
  async run(scale, tools) {
    const stack = await tools.ground.stack();
    const most = Math.max(...steps[scale].map(({ atOnce }) => atOnce));
    const bare = await openBareEntities(stack, tools.ground, most);
    try {
      const { shop, key, purchaseIds } = await buyAll(stack, most);
      const { address, namespace } = stack.temporal;
      const figures: Figure[] = [];
      for (const { atOnce, times, limit, rounds: count } of steps[scale]) {
        const leg = (ids: string[], by: VerbLoad['by']) => () => runLeg({ ids: ids.slice(0, atOnce), times, by });
        const asked = leg(purchaseIds, { kind: 'http', url: stack.apiUrl, key, verbs: ['pause', 'resume'] });
        const floor = leg(bare.ids, { kind: 'update', address, namespace });
        const legs = {
          async ours() {
            const measured = await asked();
            await quiet(shop); // the emails of this leg are not sent during the next
            return measured;
          },
          floor,
        };
        await legs.ours();
        await legs.floor();
        const done = await rounds(count, legs, tools);
        const named = { name: atOnce === 1 ? 'one at a time' : `${atOnce} at once`, unit: 'ms' };
        figures.push(
          besideFloor({ ...named, name: `${named.name}, p50`, measure: 'p50', limit: ratioAtMost(limit) }, done),
          besideFloor({ ...named, name: `${named.name}, p99`, measure: 'p99' }, done),
        );
      }
      return figures;
    } finally {
      await bare.close();
      await stack.close();
    }
  },
};

async function runLeg(load: VerbLoad): Promise<Measures> {
  const { ms } = await runLoad<VerbTimes>('verb-latency/load.ts', load);
  return { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99) };
}
