import { accountIdOf, type Scoped } from '../account-scope.ts';
import { isIn, patternsOf, type Part } from '../matching.ts';
import { query, sql } from '../sql.ts';
import type { Price } from '../../workflows/domain/price.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { idsIn, rowsOf, type Found, type OffersFound, type Search } from './search.ts';

type Named = { id: string; search: string };

/** So many offers at most are looked at, and so many ways to share the words with their buyers. */
const MOST_OFFERS = 500;
const MOST_RESTS = 2;

/** Offers by what their names and those of their products have of it, the newest first. */
export async function offersWith(em: Scoped, parts: readonly Part[]): Promise<OffersFound> {
  const offers = await someOf(em, parts);
  const whole = offers.filter(({ search }) => parts.every((part) => isIn(search, part)));
  const byRest = new Map<string, { ids: string[]; rest: Part[] }>();
  for (const { id, search } of offers) {
    const rest = parts.filter((part) => !isIn(search, part));
    if (rest.length === 0 || rest.length === parts.length) continue;
    const key = rest.map(({ text }) => text).join(' ');
    const alike = byRest.get(key) ?? { ids: [], rest };
    byRest.set(key, { ...alike, ids: [...alike.ids, id] });
  }
  const partly = [...byRest.values()].sort((a, b) => a.rest.length - b.rest.length).slice(0, MOST_RESTS);
  return { whole: ranked(whole, parts).map(({ id }) => id), partly };
}

/** Those that begin with it come first. */
function ranked(offers: readonly Named[], parts: readonly Part[]): Named[] {
  const begins = parts.map(({ text }) => text).join(' ');
  const [first, rest] = [
    offers.filter(({ search }) => search.startsWith(begins)),
    offers.filter(({ search }) => !search.startsWith(begins)),
  ];
  return [...first, ...rest];
}

/** With at least one part. */
const someOf = (em: Scoped, parts: readonly Part[]): Promise<Named[]> =>
  query<Named>(
    em,
    sql`select id, search from (
       select o.id, o.archived_at, o.created_at, concat_ws(E'\n', o.search,
         (select string_agg(p.search, E'\n' order by p.id) from products p where p.id = any(o.product_ids))) as search
       from offers o where o.account_id = ${accountIdOf(em)}) named
     where search like any(${parts.flatMap((part) => patternsOf(part))}::text[])
     order by archived_at is not null, created_at desc, id desc limit ${sql.lit(MOST_OFFERS)}`,
  );

export type OfferFound = {
  id: string;
  name: string;
  products: string[];
  price: Price;
  isArchived: boolean;
  at: Instant;
};

export async function findOffers(em: Scoped, { meant, most }: Search, found: OffersFound): Promise<Found<OfferFound>> {
  const named = await idsIn(em, meant, sql`offers where true`, most);
  const ids = [...new Set([...named, ...found.whole])].slice(0, most + 1);
  return rowsOf(
    em,
    ids,
    most,
    (shown) => sql`select o.id, o.name, o.price, o.archived_at is not null as "isArchived", o.created_at as at,
       array(select p.name from products p where p.id = any(o.product_ids) order by p.name) as products
     from offers o where o.account_id = ${accountIdOf(em)} and o.id = any(${shown}::uuid[])`,
  );
}
