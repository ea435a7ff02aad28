import { percentile } from '../rounds.ts';
import type { Read } from '../store/open-store.ts';
import type { Ask } from './asks.ts';

/** In milliseconds. */
export type Times = { p50: number; p99: number };

/** Looks at one thing so often, one look after the other, over HTTP. */
export async function timeReads({ get }: Pick<Read, 'get'>, { paths }: Ask, samples: number): Promise<Times> {
  const taken: number[] = [];
  for (let n = 0; n < samples; n += 1) {
    const began = performance.now();
    for (const path of paths(n)) await get(path);
    taken.push(performance.now() - began);
  }
  return { p50: percentile(taken, 0.5), p99: percentile(taken, 0.99) };
}
