import type pg from 'pg';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { entities } from './entities/index.ts';
import { returnLostConnections } from './lost-connections.ts';
import { keepPlans } from './prepared.ts';
import { migrations } from './migrations/index.ts';

export type Orm = MikroORM;

/** Connects to Postgres. Every instant is UTC; every transaction is durable when it returns. */
export function openOrm(options: { url: string; poolSize?: number | undefined; isQuiet?: boolean }): Promise<Orm> {
  return MikroORM.init({
    clientUrl: options.url,
    entities,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, transactional: true, silent: options.isQuiet ?? false },
    pool: { min: 0, max: options.poolSize ?? 10 },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    debug: false,
    driverOptions: {
      onPoolCreated(pool: pg.Pool) {
        returnLostConnections(pool);
        keepPlans(pool);
      },
    },
  });
}

/** The ORM's own connections, for the one hot path that speaks to Postgres directly. */
export const poolOf = async (orm: Orm): Promise<pg.Pool> => await orm.em.getConnection().getNativeClient();
