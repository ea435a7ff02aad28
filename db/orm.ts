import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import type pg from 'pg';
import { entities } from './entities/index.ts';
import { migrations } from './migrations/index.ts';
import { openPool, PlanningPool } from './pool.ts';

export type Orm = MikroORM;

/** Connects to Postgres. Every instant is UTC; every transaction is durable when it returns. */
export async function openOrm(options: {
  url: string;
  poolSize?: number | undefined;
  isQuiet?: boolean;
}): Promise<Orm> {
  const pool = openPool({ url: options.url, size: options.poolSize ?? 10 });
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, transactional: true, silent: options.isQuiet ?? false },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    debug: false,
    driverOptions: () => new PostgresDialect({ pool: new PlanningPool(pool) }),
  });
  pools.set(orm, pool);
  return orm;
}

const pools = new WeakMap<Orm, pg.Pool>();

/** The ORM's own connections, for what speaks to Postgres directly: stored webhooks and COPY. */
export function poolOf(orm: Orm): pg.Pool {
  const pool = pools.get(orm);
  if (!pool) throw new Error('not opened by openOrm');
  return pool;
}
