import { sql, type Sql } from './sql.ts';

/** Rows are counted up to here; of more it is only said that there are more. */
export const COUNTED_TO = 10_000;

/** `isOver`: there are more than `count`. */
export type Count = { count: number; isOver: boolean };

/** How many of `rows` there are, as far as they are looked at: at most one more than is counted. */
export const seenOf = (rows: Sql): Sql => sql`(select count(*) from (${rows} limit ${sql.lit(COUNTED_TO + 1)}) seen)`;

export const toCount = (seen: number): Count => ({ count: Math.min(seen, COUNTED_TO), isOver: seen > COUNTED_TO });

export const toCounts = <Name extends string>(seen: Record<Name, number>): Record<Name, Count> =>
  Object.fromEntries(Object.entries<number>(seen).map(([name, rows]) => [name, toCount(rows)])) as Record<Name, Count>;
