import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, Pool, PoolClient } from 'pg';

import type { EntityManager } from '@mikro-orm/postgresql';
import { from } from 'pg-copy-streams';
import { migrations } from '../migrations/index.ts';
import { poolOf, type Orm } from '../orm.ts';
import type { Contents } from './contents.ts';
import { BackupReader } from './format.ts';
import { query, run, sql } from '../sql.ts';

/**
 * Restores the database from the backup in `file`, brings it up to today's schema, and then does
 * `work` on it, all or nothing. What was there before is gone.
 * @throws when the file is no backup, or one of a newer version
 */
export async function loadBackup<T>(
  orm: Orm,
  file: string,
  work: (tx: EntityManager, contents: Contents) => Promise<T>,
): Promise<T> {
  const backup = new BackupReader(file);
  const contents = await backup.contents();
  const unknown = contents.migrations.filter((name) => !migrations.some((known) => known.name === name));
  if (unknown.length > 0) throw new Error(`this backup is of a newer version: it has ${unknown.join(', ')}`);
  await orm.migrator.getExecuted();
  const connectionOf = watchConnections(poolOf(orm));
  const load = async (tx: EntityManager): Promise<T> => {
    await dropEverything(tx);
    const transaction = tx.getTransactionContext<unknown>();
    await orm.migrator.up({ migrations: contents.migrations, transaction });
    await fill(await connectionOf(tx), backup, contents);
    await orm.migrator.up({ transaction });
    return work(tx, contents);
  };
  return againAfterDeadlock(() => orm.em.fork().transactional(load));
}

/**
 * Whoever still reads may hold tables in another order than they are dropped in: then Postgres ends
 * one of the two.
 */
async function againAfterDeadlock<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries === 1 || (error as { code?: string }).code !== '40P01') throw error;
    return againAfterDeadlock(work, tries - 1);
  }
}

/** Finds the connection on which a transaction of the ORM is, since it alone knows COPY. */
function watchConnections(pool: Pool): (tx: EntityManager) => Promise<ClientBase> {
  const clients = new Map<number, PoolClient>();
  pool.on('acquire', (client) => clients.set((client as PoolClient & { processID: number }).processID, client));
  return async (tx) => {
    const [row] = await query<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`);
    const client = clients.get(row?.pid ?? 0);
    if (!client) throw new Error('no transaction is open');
    return client;
  };
}

/**
 * Tables and functions; not the extensions, which may be another's to make. What is built on
 * another goes with it, and is not there any more at its own turn.
 */
async function dropEverything(tx: EntityManager): Promise<void> {
  const made = await query<{ statement: string }>(
    tx,
    sql`
    select format('drop table if exists %s cascade', c.oid::regclass) as statement from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'mikro_orm_migrations' and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    union all select format('drop function if exists %s cascade', p.oid::regprocedure) from pg_proc p
    where p.pronamespace = current_schema()::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  for (const { statement } of made) await run(tx, sql.raw(statement));
  // The migrator looks for its table outside of the transaction.
  await run(tx, sql`delete from mikro_orm_migrations`);
}

const FOREIGN_KEYS = `
  select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as rule
  from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = current_schema()::regnamespace`;

/**
 * Foreign keys are taken away meanwhile, so that no order of tables and rows matters, and checked
 * when they come back. What triggers keep is in the backup as well, so none of them runs.
 */
async function fill(client: ClientBase, backup: BackupReader, contents: Contents): Promise<void> {
  const { rows: keys } = await client.query<{ table: string; name: string; rule: string }>(FOREIGN_KEYS);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of contents.tables) await client.query(`alter table ${name} disable trigger user`);
  for (const { name, parent, bounds } of contents.partitions)
    await client.query(`create table if not exists ${name} partition of ${parent} ${bounds}`);
  for (const { name, columns } of contents.tables) {
    const taken = client.query(from(`copy ${name} (${columns.join(', ')}) from stdin`));
    await pipeline(Readable.from(backup.rowsOf(name)), taken);
  }
  for (const { table, column, last } of contents.sequences)
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [table, column, last]);
  for (const { name } of contents.tables) await client.query(`alter table ${name} enable trigger user`);
  for (const { table, name, rule } of keys) await client.query(`alter table ${table} add constraint ${name} ${rule}`);
}
