import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Part } from '../matching.ts';
import { query, sql, type Sql } from '../sql.ts';
import type { Meant } from '../../workflows/domain/search.ts';

/** What is looked for; of each kind at most so many are found, the best first. */
export type Search = { parts: readonly Part[]; meant: Meant; most: number };

/** Whom and what was found by words, whose purchases, payments, emails and calls are looked up. */
export type By = { people: readonly string[]; offers: OffersFound; experts: readonly string[] };

/**
 * `whole`: offers that have all that is looked for in their name or that of a product; `partly`:
 * those that have some of it, with the rest, which their buyers may have.
 */
export type OffersFound = { whole: readonly string[]; partly: readonly { ids: string[]; rest: Part[] }[] };

export type Found<Row> = { rows: Row[]; hasMore: boolean };

/** Ids in the order of a statement that selects `id`. */
export const idsOf = async (em: EntityManager, statement: Sql): Promise<string[]> =>
  (await query<{ id: string }>(em, statement)).map(({ id }) => id);

/** What has the ids that were typed the beginning of; `of`: a table and what holds besides. */
export const idsIn = async (em: Scoped, { ids }: Meant, of: Sql, most: number): Promise<string[]> =>
  ids === null
    ? []
    : idsOf(
        em,
        sql`select id from ${of} and account_id = ${accountIdOf(em)}
          and id between ${ids.first}::uuid and ${ids.last}::uuid order by id limit ${most + 1}`,
      );

type Source = () => Promise<string[]>;

/** The first ids that ways of finding yield, one after the other; one more than `most`, to tell. */
export async function firstOf(most: number, sources: readonly Source[]): Promise<string[]> {
  const found = new Set<string>();
  for (const source of sources) {
    if (found.size > most) break;
    for (const id of await source()) found.add(id);
  }
  return [...found].slice(0, most + 1);
}

/** The newest of what each of several has: `rows` are the newest of the one that is `one.id`. */
export const newestOfEach = (ids: readonly string[], rows: Sql, most: number): Sql => sql`
  select found.id from unnest(${[...ids]}::uuid[]) one(id) cross join lateral (${rows} limit ${most + 1}) found
  order by found.at desc, found.id desc limit ${most + 1}`;

/** Rows by their ids, in that order. */
export async function rowsOf<Row extends { id: string }>(
  em: EntityManager,
  ids: readonly string[],
  most: number,
  select: (ids: string[]) => Sql,
): Promise<Found<Row>> {
  if (ids.length === 0) return { rows: [], hasMore: false };
  const rows = new Map((await query<Row>(em, select([...ids]))).map((row) => [row.id, row]));
  return { rows: ids.flatMap((id) => rows.get(id) ?? []).slice(0, most), hasMore: ids.length > most };
}
