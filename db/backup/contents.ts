import type { ClientBase } from 'pg';

/** A table and those of its columns that are stored, and not computed by Postgres. */
export type Table = { name: string; columns: string[] };

/** Part of a table by its bounds, such as a month. */
type Partition = { name: string; parent: string; bounds: string };

/** The last number that a column's sequence gave away. */
type Sequence = { table: string; column: string; last: string };

/** What stands at the head of a backup: enough to make the same schema again and to fill it. */
export type Contents = {
  madeAt: string;
  migrations: string[];
  tables: Table[];
  partitions: Partition[];
  sequences: Sequence[];
};

const TABLES = `
  select c.relname as name,
    array_agg(quote_ident(a.attname) order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> 'mikro_orm_migrations' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  group by c.relname order by c.relname`;

const PARTITIONS = `
  select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bounds
  from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
  where c.relnamespace = current_schema()::regnamespace and c.relispartition and c.relkind = 'r' order by c.relname`;

const SEQUENCES = `
  with made as materialized (select oid from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace)
  select t.relname as table, a.attname as column, pg_sequence_last_value(made.oid)::text as last
  from made join pg_depend d on d.objid = made.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0
    join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
  where t.relname <> 'mikro_orm_migrations' and pg_sequence_last_value(made.oid) is not null`;

/** What is there, as of the transaction that `client` is in. */
export async function readContents(client: ClientBase, madeAt: string): Promise<Contents> {
  const ask = async <T extends object>(sql: string): Promise<T[]> => (await client.query<T>(sql)).rows;
  const migrations = await ask<{ name: string }>('select name from mikro_orm_migrations order by id');
  return {
    madeAt,
    migrations: migrations.map(({ name }) => name),
    tables: await ask<Table>(TABLES),
    partitions: await ask<Partition>(PARTITIONS),
    sequences: await ask<Sequence>(SEQUENCES),
  };
}
