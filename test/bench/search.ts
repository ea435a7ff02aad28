import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { atMost } from './figures.ts';
import type { Ask } from './read/asks.ts';
import { readFullStore } from './read/full-store.ts';
import type { Store } from './store/open-store.ts';

const scales = {
  full: { purchases: 100_000, samples: 100, rounds: 3 },
  small: { purchases: 200, samples: 2, rounds: 1 },
};

/** What the field at the top of every page asks. */
export const search: Bench = {
  name: 'search',
  about: 'search over people, purchases, payments, offers, emails and calls, by every kind of query',
  run: (scale, tools) =>
    readFullStore(scale, tools, {
      ...scales[scale],
      folder: join('test-output', 'bench', 'plans-of-search'),
      asksOf,
      limitOf: () => atMost(50),
    }),
};

type Some = { purchase_id: string; contact_id: string; payment_id: string; email: string };

async function asksOf({ shop, size }: Store): Promise<Ask[]> {
  const { sql, accountId } = shop;
  await sql(`update payments set card_brand = 'visa', card_last4 = '4242', is_card_read = true where account_id = ?`, [
    accountId,
  ]);
  await sql('analyze payments');
  const every = Math.max(1, Math.floor(size / 500));
  const some = await sql<Some>(
    `select p.id as purchase_id, p.contact_id, y.id as payment_id, c.email from purchases p
       join contacts c on c.id = p.contact_id join payments y on y.purchase_id = p.id,
       lateral (select substring(email from '\\d+')::int as n) numbered
     where p.account_id = ? and n % ? = 0 order by n limit 500`,
    [accountId, every],
  );
  const each = (name: string, q: (one: Some, n: number) => string): Ask => ({
    name,
    kind: 'search',
    paths: (n) => [`/v1/search?q=${encodeURIComponent(q(some[n % some.length]!, n))}`],
  });
  return [
    each('an address', ({ email }) => email),
    each('one person', (_, n) => `turing ${1 + ((n * 499) % 1_000)}`),
    each('a common name, in any order and with an accent', () => 'hopper gráce'),
    each('a part that everybody has', () => 'example.com'),
    each('two letters, some', () => 'ho'),
    each('two letters, nobody', () => 'zq'),
    each('words that nobody has', () => 'zqzqzq quetzal'),
    each('a name and an offer', () => 'hopper studio'),
    each('an offer', () => 'studio'),
    each('an id', ({ purchase_id: id }) => id),
    each('eight digits of an id', ({ contact_id: id }) => id.slice(0, 8)),
    each('an id at Stripe', ({ payment_id: id }) => id),
    each('the last four digits of a card', () => '4242'),
  ];
}
