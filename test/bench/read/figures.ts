import type { Figure, Limit, Scale, Tools } from '../bench.ts';
import { atMost, byItself, short } from '../figures.ts';
import { median } from '../rounds.ts';
import type { Read } from '../store/open-store.ts';
import type { Ask } from './asks.ts';
import { timeReads, type Times } from './time-reads.ts';

type Often = { samples: number; rounds: number; limit: Limit | undefined; tools: Tools };

/** How long one look takes, warm, in the worst of a hundred. */
export async function figureOfReads(
  store: Pick<Read, 'get'>,
  ask: Ask,
  { samples, rounds, limit, tools }: Often,
): Promise<Figure> {
  await timeReads(store, ask, Math.min(10, samples));
  const times: Times[] = [];
  const others: (number | null)[] = [];
  while (times.length < rounds) {
    const watched = await tools.quiet.watch(() => timeReads(store, ask, samples));
    times.push(watched.value);
    others.push(watched.others);
  }
  const notes = [`p50 ${short(median(times.map(({ p50 }) => p50)))}`];
  const p99s = times.map(({ p99 }) => p99);
  return byItself({ name: ask.name, unit: 'ms, p99', limit, notes }, p99s, others);
}

/** How many looks read a big table whole, by the plans in `folder`; in a full store none may. */
export function figureOfPlans(scale: Scale, folder: string, whole: string[]): Figure {
  const notes = [...(whole.length > 0 ? [whole.join(', ')] : []), `kept in ${folder}`];
  const limit = scale === 'full' ? atMost(0) : undefined;
  return byItself({ name: 'plans that read a big table whole', unit: 'plans', limit, notes }, [whole.length]);
}
