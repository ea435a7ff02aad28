import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { atMost } from './figures.ts';
import { asksOf } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';

const scales = {
  full: { purchases: 100_000, samples: 200, rounds: 3 },
  small: { purchases: 200, samples: 3, rounds: 1 },
};

/** What the pages read. */
export const read: Bench = {
  name: 'read',
  about: 'purchase page, lists by every filter and sort, contact search and counts in a full store',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans'),
      asksOf,
      limitOf: ({ isBeside }) => (isBeside ? undefined : atMost(50)),
    }),
};
