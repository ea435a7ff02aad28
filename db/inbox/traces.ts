import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql, type Sql } from '../sql.ts';

const tracesOf = async (em: EntityManager, which: Sql): Promise<string[]> => {
  const rows = await query<{ traceparent: string }>(
    em,
    sql`select traceparent from inbox where ${which} and traceparent is not null order by seq limit 20`,
  );
  return rows.map(({ traceparent }) => traceparent);
};

/** In which spans these rows arrived, the first first; what is not traced is left out. */
export const tracesOfRows = (em: EntityManager, rowIds: readonly string[]): Promise<string[]> =>
  rowIds.length === 0 ? Promise.resolve([]) : tracesOf(em, sql`id = any(${[...rowIds]}::uuid[])`);

/** The same of what is open of a purchase. */
export const tracesOfOpen = (em: EntityManager, purchaseId: string): Promise<string[]> =>
  tracesOf(em, sql`subject_id = ${purchaseId} and state = 'open'`);
