import { raw, type EntityManager, type EntityName, type FilterQuery } from '@mikro-orm/postgresql';
import { seenOf, toCount, type Count } from './counts.ts';
import { query, sql, type Sql } from './sql.ts';

/**
 * The order of a list: by what, and which way; rows that are equal in it are ordered by id, the
 * same way.
 */
export type Order<Row> = {
  by: keyof Row & string;
  direction: 'asc' | 'desc';
  /** Not every row has it; those that do not come last. Instants only. */
  isSparse?: boolean;
};

/** The newest first, of what has an instant at which it was made. */
export const NEWEST = { by: 'createdAt', direction: 'desc' } as const;

/** Where a page ended: the value of its last row by which the list is sorted, and that row's id. */
export type Place = { by: string; key: string | null; id: string };
export type PageQuery = { limit: number; after: Place | null };
/** Before every id: where a walk through all of them begins. */
export const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

export type Page<Row> = { rows: Row[]; next: Place | null };

/** A part of a `where` in SQL, about the list's table as `r`. */
export type Condition = { sql: string; params: unknown[] };

/** The same in a statement of our own. */
export function sqlOf({ sql: text, params }: Condition): Sql {
  const parts = text.split('?');
  return sql.join(
    parts.map((part, index) => (index === 0 ? sql.raw(part) : sql`${params[index - 1]}${sql.raw(part)}`)),
    sql``,
  );
}

/** A list of one table: in which order, and which wide columns it does not show. */
type Listing<Row> = Filter & { order: Order<Row>; without?: (keyof Row & string)[] };

/** A comparison with a value that may not be asked for. */
export type Bound = [sql: string, value: string | number | undefined];

export const whereBound = ([sql, value]: Bound): Condition[] => (value === undefined ? [] : [{ sql, params: [value] }]);

/** Only what is archived, or only what is not; undefined: both. */
export const whereArchived = (archived: boolean | undefined) =>
  archived === undefined ? {} : { archivedAt: archived ? { $ne: null } : null };

/** Which rows a list has. */
export type Filter = { where: Record<string, unknown>; conditions?: Condition[] };

type Listed = { id: string };

/**
 * One page of a table; every order has its index. The ids are found first, so that what is passed
 * over is read in the index alone.
 */
export async function findPage<Row extends Listed>(
  em: EntityManager,
  entity: EntityName<Row>,
  { order, without = [], ...filter }: Listing<Row>,
  { limit, after }: PageQuery,
): Promise<Page<Row>> {
  const { direction, by } = order;
  const key = keyOf(em, entity, order);
  const listed = (await filtered(em, entity, filter)).select('id' as never);
  if (after) {
    const beyond = direction === 'asc' ? '>' : '<';
    listed.andWhere(`(${key}, r.id) ${beyond} (?, ?)`, [after.key ?? 'infinity', after.id]);
  }
  listed.orderBy([{ [raw(key)]: direction }, { id: direction }] as never).limit(limit + 1);
  const ids = (await listed.execute<Listed[]>()).map(({ id }) => id);
  if (ids.length === 0) return { rows: [], next: null };
  const shown = await em.find(entity, whereIds<Row>(ids.slice(0, limit)), { exclude: without as never });
  const rows = inOrder(shown as Row[], ids);
  const last = rows.at(-1);
  return { rows, next: ids.length > limit && last ? { by, key: last[by] as string | null, id: last.id } : null };
}

/** How many rows a list has. */
export async function countRows<Row extends Listed>(
  em: EntityManager,
  entity: EntityName<Row>,
  filter: Filter,
): Promise<Count> {
  const rows = (await filtered(em, entity, filter)).select(raw<never>('1')).getFormattedQuery();
  const [row] = await query<{ seen: string }>(em, sql`select ${seenOf(sql.raw(rows))} as seen`);
  return toCount(Number(row?.seen));
}

/** The rows of the account that `em` is inside of. */
async function filtered<Row extends Listed>(
  em: EntityManager,
  entity: EntityName<Row>,
  { where, conditions = [] }: Filter,
) {
  const rows = em.createQueryBuilder(entity, 'r').where(where as never);
  await rows.applyFilters();
  for (const condition of conditions) rows.andWhere(condition.sql, condition.params);
  return rows;
}

/** The expression that the order's index is made of. */
function keyOf<Row extends Listed>(em: EntityManager, entity: EntityName<Row>, { by, isSparse }: Order<Row>): string {
  const [column = by] = em.getMetadata().get(entity as EntityName<Listed>).properties[by as 'id'].fieldNames;
  return isSparse ? `coalesce(r.${column}, 'infinity'::timestamptz)` : `r.${column}`;
}

const whereIds = <Row>(ids: string[]): FilterQuery<Row> => ({ id: { $in: ids } }) as unknown as FilterQuery<Row>;

function inOrder<Row extends Listed>(rows: Row[], ids: string[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
