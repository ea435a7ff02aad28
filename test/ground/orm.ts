import { afterAll, beforeAll } from '@jest/globals';
import { openOrm, type Orm } from '../../db/orm.ts';
import { createDatabase, type TestDatabase } from './postgres.ts';

/** The database of the tests of a file; `useOrm` sets it. */
export let orm: Orm;

/** Opens a fresh, migrated database of its own for the tests of the file that calls this. */
export function useOrm(poolSize?: number): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    orm = await openOrm({ url: database.url, poolSize });
  });
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });
}
