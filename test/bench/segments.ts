import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { atMost } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';
import { someSegments } from './store/segments.ts';
import type { Store } from './store/open-store.ts';

const scales = {
  full: { purchases: 100_000, samples: 100, rounds: 3 },
  small: { purchases: 200, samples: 2, rounds: 1 },
};

/** Lists and counts of segments of one's own, and how many customers are active. */
export const segments: Bench = {
  name: 'segments',
  about: 'lists and counts of segments of one’s own, by every kind of filter, over 100,000 contacts',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans-of-segments'),
      asksOf,
      limitOf: () => atMost(50),
    }),
};

async function asksOf(store: Store): Promise<Ask[]> {
  const asks = (await someSegments(store)).flatMap(({ name, id }): Ask[] => [
    { name, kind: 'list', paths: () => [`/v1/contacts?segment=${id}`] },
    { name: `count of ${name}`, kind: 'scan', paths: () => [`/v1/contacts/count?segment=${id}`] },
  ]);
  return [...asks, { name: 'active customers', kind: 'scan', paths: () => ['/v1/account/usage'] }];
}
