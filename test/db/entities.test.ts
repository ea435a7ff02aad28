import { expect, test } from '@jest/globals';
import { orm, useOrm } from '../ground/orm.ts';

useOrm();

/** Column -> its type and whether it may be null. */
type Columns = Record<string, string>;

/** Columns that Postgres computes by itself are its own. */
const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,
    coalesce(a.attnum = any ((i.indkey::int2[])[:i.indnkeyatts - 1]), false) as is_key
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> 'mikro_orm_migrations'`;

type Row = { table: string; column: string; type: string; not_null: boolean; is_key: boolean };

const describeColumn = (type: string, isNullable: boolean, isKey: boolean): string =>
  `${type}${isNullable ? ' null' : ''}${isKey ? ' key' : ''}`;

async function migrated(): Promise<Record<string, Columns>> {
  const rows = await orm.em.fork().execute<Row[]>(COLUMNS);
  const tables: Record<string, Columns> = {};
  for (const { table, column, type, not_null, is_key } of rows) {
    (tables[table] ??= {})[column] = describeColumn(type, !not_null, is_key);
  }
  return tables;
}

const SAME_TYPE: Record<string, string> = {
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  bigserial: 'bigint',
};

function mapped(): Record<string, Columns> {
  const tables: Record<string, Columns> = {};
  for (const { tableName, props } of orm.getMetadata().getAll().values()) {
    tables[tableName] = Object.fromEntries(
      props
        .filter(({ generated }) => generated === undefined)
        .map((prop) => {
          const type = prop.columnTypes[0] ?? '';
          const column = describeColumn(SAME_TYPE[type] ?? type, prop.nullable === true, prop.primary === true);
          return [prop.fieldNames[0] ?? '', column];
        }),
    );
  }
  return tables;
}

test('the entities are exactly the tables, columns, types and keys that the migrations make', async () => {
  expect(mapped()).toEqual(await migrated());
});
