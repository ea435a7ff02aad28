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

/** Whether somebody reaches a product: asked by a site before each page that it guards [R27.8]. */
export const accessCheck: Bench = {
  name: 'accessCheck',
  about: 'access checks by contact and by address over HTTP, in a full store',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans', 'access-check'),
      asksOf: checksOf,
      limitOf: () => atMost(10),
    }),
};

const MOST_PEOPLE = 2_000;

/** Of people from everywhere in the store, each time somebody else. */
async function checksOf({ shop: { sql, accountId } }: Store): Promise<Ask[]> {
  const rows = await sql<{ contact_id: string; product_id: string; email: string }>(
    `select x.contact_id, x.product_id, c.email from purchase_products x join contacts c on c.id = x.contact_id
     where x.account_id = ? and c.email ~ '^[[:ascii:]]+$' order by md5(x.contact_id::text) limit ?`,
    [accountId, MOST_PEOPLE],
  );
  const check = (name: string, whoOf: (row: (typeof rows)[number]) => Record<string, string>): Ask => ({
    name,
    kind: 'page',
    paths(n) {
      const row = rows[n % rows.length];
      if (!row) throw new Error('the store has no products of purchases');
      return [`/v1/access-check?${new URLSearchParams({ ...whoOf(row), productId: row.product_id }).toString()}`];
    },
  });
  return [
    check('access check, a contact', ({ contact_id }) => ({ contactId: contact_id })),
    check('access check, an address', ({ email }) => ({ email })),
    check('access check, nobody', () => ({ email: 'nobody@nowhere.test' })),
  ];
}
