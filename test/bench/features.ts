import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { atMost } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';
import type { Store } from './store/open-store.ts';

const scales = {
  full: { purchases: 100_000, samples: 1_000, rounds: 3 },
  small: { purchases: 200, samples: 3, rounds: 1 },
};

/** What an account may use and make: asked before a feature of its site is shown [R18.4]. */
export const features: Bench = {
  name: 'features',
  about: 'what an account may use and make, over HTTP, in a full store',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans', 'features'),
      asksOf: featuresOf,
      limitOf: () => atMost(10),
    }),
};

const PLAN = { quotas: { products: 15, pipelines: 15, admins: 10 }, features: ['pipelines'], quotaFactor: 1 };
const ADD_ON = { quotas: {}, features: ['code_editor', 'early_access'], quotaFactor: 2 };

/** Two of the store's purchases become the account's own: a plan, and an add-on. */
async function featuresOf({ shop: { sql, accountId } }: Store): Promise<Ask[]> {
  for (const gives of [PLAN, ADD_ON])
    await sql(
      `update purchases set for_account_id = account_id, entitlement = ?::jsonb, access_status = 'full' where id =
         (select id from purchases where account_id = ? and for_account_id is null and started_at is not null limit 1)`,
      [JSON.stringify(gives), accountId],
    );
  return [{ name: 'features and quotas of an account', kind: 'page', paths: () => ['/v1/account/features'] }];
}
