import { openOrm, type Orm } from '../../db/orm.ts';
import { createDatabase } from './postgres.ts';

export type TestOrm = { orm: Orm; close: () => Promise<void> };

/** A fresh, migrated database of its own for a test file, opened. */
export async function anOrm(poolSize?: number): Promise<TestOrm> {
  const database = await createDatabase();
  const orm = await openOrm({ url: database.url, poolSize });
  return {
    orm,
    async close() {
      await orm.close();
      await database.drop();
    },
  };
}
