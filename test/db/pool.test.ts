import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openOrm, type Orm } from '../../db/orm.ts';
import { createDatabase, type TestDatabase } from '../ground/postgres.ts';
import { aTcpProxy, type TcpProxy } from '../ground/tcp-proxy.ts';

let database: TestDatabase;
let proxy: TcpProxy;
let orm: Orm;

beforeAll(async () => {
  database = await createDatabase();
  const url = new URL(database.url);
  proxy = await aTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.port = `${proxy.port}`;
  orm = await openOrm({ url: url.href, poolSize: 2 });
});

afterAll(async () => {
  await orm.close();
  await proxy.close();
  await database.drop();
});

const work = (): Promise<unknown> => orm.em.fork().transactional((tx) => tx.execute('select 2 as two'));

test.each(['begin', 'select 2', 'commit'])(
  'connections lost at "%s" of a transaction, more than the pool may have, keep nobody waiting afterwards',
  async (words) => {
    for (let lost = 0; lost < 3; lost += 1) {
      proxy.loseAnswerTo(words, 1);
      await expect(work()).rejects.toThrow('Connection terminated');
    }

    expect(await work()).toEqual([{ two: 2 }]);
  },
);

test('connections lost between two queries of a transaction keep nobody waiting afterwards', async () => {
  for (let lost = 0; lost < 3; lost += 1) {
    const transaction = orm.em.fork().transactional(async (tx) => {
      await tx.execute('select 1');
      proxy.cut();
      proxy.restore();
      await tx.execute('select 2');
    });
    await expect(transaction).rejects.toThrow(/terminated|not queryable/);
  }

  expect(await work()).toEqual([{ two: 2 }]);
});
