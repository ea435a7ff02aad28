import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { query, sql, type Sql } from './sql.ts';

/** Columns by which one row is found; what is null is looked for by nobody. */
type Key<Row> = { [Name in keyof Row]?: NonNullable<Row[Name]> };

/**
 * The row whose columns have these values, as it stands now: an entity that nobody manages. For the
 * reads that every request makes: unlike `em.findOne`, its statement is planned once per connection
 * and not built anew each time. It knows no scope: whoever asks says whose.
 */
export async function findRow<Row extends object>(
  em: EntityManager,
  entity: EntityName<Row>,
  key: Key<Row>,
): Promise<Row | null> {
  const [found] = await query<Record<string, unknown>>(em, selectRow(em, entity, key));
  return found ? em.map(entity, found as never, { disableIdentityMap: true }) : null;
}

/**
 * All columns by name: with `*`, Postgres refuses a planned statement once a migration has added
 * one.
 */
function selectRow<Row extends object>(em: EntityManager, entity: EntityName<Row>, key: Key<Row>): Sql {
  const { tableName, props, properties } = em.getMetadata<Row>(entity);
  const columns = props.flatMap(({ fieldNames }) => fieldNames.map((name) => sql.ref(name)));
  const columnOf = (name: string): Sql => sql.ref(properties[name as keyof typeof properties].fieldNames[0]!);
  const conditions = Object.entries(key).map(([name, value]) => sql`${columnOf(name)} = ${value}`);
  return sql`select ${sql.join(columns)} from ${sql.table(tableName)} where ${sql.join(conditions, sql` and `)} limit 1`;
}
