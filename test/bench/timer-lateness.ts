import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { atMost, byItself } from './figures.ts';
import type { Watched } from './quiet.ts';
import { percentile } from './rounds.ts';
import { waitingPurchases, type Waiting } from './waiting-purchases.ts';

const SCALES = { full: { timers: 200, rounds: 5, aheadMs: 45_000 }, small: { timers: 10, rounds: 1, aheadMs: 2_000 } };

/** How late purchases do what is due for many of them within one second. */
export const timerLateness: Bench = {
  name: 'timerLateness',
  about:
    'starts of access that are due within one second, each by the timer of its own purchase, until they can be read',
  async run(scale, { ground, quiet, say }) {
    const { timers, rounds } = SCALES[scale];
    const stack = await ground.stack();
    try {
      const waiting = await waitingPurchases(stack);
      const watched: Watched<number[]>[] = [];
      while (watched.length < rounds) {
        watched.push(await quiet.watch(() => latenessesMs(waiting, SCALES[scale])));
        say(`p99 ${percentile(watched.at(-1)?.value ?? [], 0.99)} ms`);
      }
      const others = watched.map((each) => each.others);
      const of = (part: number) => watched.map(({ value }) => percentile(value, part));
      return [
        byItself({ name: `${timers} timers within 1 s, p50`, unit: 'ms' }, of(0.5), others),
        byItself({ name: `${timers} timers within 1 s, p99`, unit: 'ms', limit: atMost(1_000) }, of(0.99), others),
      ];
    } finally {
      await stack.close();
    }
  },
};

type Size = { timers: number; aheadMs: number };

/**
 * How long after its instant each start can be read in Postgres; looked for every 20 ms. Timers
 * that are due before all of them stand are left to others, twice as far ahead.
 */
async function latenessesMs(waiting: Waiting, { timers, aheadMs }: Size): Promise<number[]> {
  const { site, grow } = waiting;
  const firstMs = Date.now() + aheadMs;
  const dueMs = Array.from({ length: timers }, (_, index) => firstMs + Math.floor((index * 1_000) / timers));
  const ids = await grow(
    timers,
    dueMs.map((ms) => new Date(ms).toISOString()),
  );
  if (Date.now() >= firstMs) return latenessesMs(waiting, { timers, aheadMs: aheadMs * 2 });
  const lateMs = new Map<string, number>();
  await pause(firstMs - Date.now());
  while (lateMs.size < ids.length) {
    for (const { id, at } of await started(ids)) if (!lateMs.has(id)) lateMs.set(id, Date.now() - at);
    if (Date.now() > firstMs + 120_000) throw new Error(`only ${lateMs.size} of ${ids.length} have started`);
    await pause(20);
  }
  return [...lateMs.values()];

  async function started(of: string[]): Promise<{ id: string; at: number }[]> {
    const rows = await site.sql<{ id: string; at: string }>(
      `select purchase_id as id, at from timeline where type = 'purchase.access-started' and purchase_id = any(?::uuid[])`,
      [`{${of.join()}}`],
    );
    return rows.map(({ id, at }) => ({ id, at: new Date(at).getTime() }));
  }
}
