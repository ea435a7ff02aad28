import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { PLANNED_EACH_TIME } from './pool.ts';

export { sql };

/** A statement of our own, or a part of one. */
export type Sql = RawBuilder<unknown>;

/**
 * Begins a statement whose best plan depends on its values: how common what it looks for is, or how
 * much lies before an instant.
 */
export const EACH_TIME = sql.raw(PLANNED_EACH_TIME);

/**
 * The rows of a statement, in the transaction of `em`. Each value in its template becomes a
 * parameter, and Postgres plans each text once per connection (`pool.ts`): so a statement has one
 * text, or one of a few. A list of values is a single parameter, as in `= any(${ids})`.
 */
export async function query<Row>(em: EntityManager, statement: Sql): Promise<Row[]> {
  const { rows } = await (statement as RawBuilder<Row>).execute(em.getKysely());
  return rows;
}

/** Runs a statement as `query` does; returns how many rows it has changed. */
export async function run(em: EntityManager, statement: Sql): Promise<number> {
  const { numAffectedRows } = await statement.execute(em.getKysely());
  return Number(numAffectedRows ?? 0);
}

/** A value as JSON. */
export const json = (value: unknown): Sql => sql`${JSON.stringify(value)}::jsonb`;
