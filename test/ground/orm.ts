import { afterAll, beforeAll } from '@jest/globals';
import { openOrm, type Orm } from '../../db/orm.ts';
import { createDatabase, type TestDatabase } from './postgres.ts';

/** The database of the tests of a file; `useOrm` sets it. */
export let orm: Orm;

/** The same database's address, for what opens it by itself. */
export let databaseUrl: string;

/**
 * Opens a database of its own for the tests of the file that calls this: a fresh, migrated one,
 * unless `made` makes another.
 */
export function useOrm(poolSize?: number, made = createDatabase): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await made();
    databaseUrl = database.url;
    orm = await openOrm({ url: database.url, poolSize });
  }, 60_000);
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });
}
