import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { atMost } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';
import type { Store } from './store/open-store.ts';

const scales = {
  full: { purchases: 10_000, samples: 200, rounds: 3 },
  small: { purchases: 200, samples: 3, rounds: 1 },
};

const ONE = 'forecast of a purchase, 13 months';

/** What will happen to purchases, worked out when it is asked for [R23.2]. */
export const forecast: Bench = {
  name: 'forecast',
  about: 'what will happen to a purchase, and to 200 of an account, over HTTP',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans', 'forecast'),
      asksOf: forecastsOf,
      limitOf: ({ name }) => (name === ONE ? atMost(100) : undefined),
    }),
};

const MONTHS_13_MS = 396 * 86_400_000;

async function forecastsOf({ shop: { sql, accountId } }: Store): Promise<Ask[]> {
  const rows = await sql<{ id: string }>(
    `select id from purchases where account_id = ? and is_live and started_at is not null order by id limit 200`,
    [accountId],
  );
  const until = new Date(Date.now() + MONTHS_13_MS).toISOString();
  const idOf = (n: number): string => rows[n % rows.length]?.id ?? '';
  return [
    { name: ONE, kind: 'page', paths: (n) => [`/v1/purchases/${idOf(n)}/forecast?until=${until}`] },
    { name: 'forecast of 200 purchases, 12 months', kind: 'list', paths: () => ['/v1/forecast?limit=200'] },
  ];
}
