import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { METRIC_NAMES } from '../../api/money/metric-definitions.ts';
import { atMost } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';
import type { Store } from './store/open-store.ts';
import { threeYears } from './store/three-years.ts';

const scales = {
  full: { purchases: 100_000, samples: 50, rounds: 3 },
  small: { purchases: 200, samples: 2, rounds: 1 },
};

/** Every figure over time, of an account that has sold for three years. */
export const metrics: Bench = {
  name: 'metrics',
  about: 'every figure over three years, by days and by months, of an account with 100,000 purchases',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans-of-metrics'),
      asksOf,
      limitOf: () => atMost(200),
    }),
};

async function asksOf(store: Store): Promise<Ask[]> {
  await threeYears(store);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const spans = { 'three years': [day(-1_090), day(1)], 'a year to come': [day(0), day(365)] };
  return METRIC_NAMES.flatMap((name): Ask[] => {
    const [from, to] = spans[name === 'instalments' ? 'a year to come' : 'three years'];
    return (name === 'retention' ? ['month'] : ['day', 'month']).map((interval) => ({
      name: `${name} by the ${interval}`,
      kind: 'scan',
      paths: () => [`/v1/metrics/${name}?from=${from}&to=${to}&interval=${interval}&currency=usd`],
    }));
  });
}
