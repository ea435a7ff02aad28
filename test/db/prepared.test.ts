import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Orm } from '../../db/orm.ts';
import { prepared } from '../../db/prepared.ts';
import { anOrm } from '../ground/orm.ts';

let orm: Orm;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ orm, close } = await anOrm(1));
});
afterAll(() => close());

const PACE = `insert into mail_pace (only_row, free_at, granted) values (true, now(), $1) returning granted`;

test('a statement is planned once for a connection, and another one for itself', async () => {
  const em = orm.em.fork();
  expect(await prepared(em, 'select $1::int as one', [1])).toEqual([{ one: 1 }]);
  expect(await prepared(em, 'select $1::int as one', [2])).toEqual([{ one: 2 }]);
  expect(await prepared(em, 'select $1::int as two', [2])).toEqual([{ two: 2 }]);
  await em.execute('select ?::int', [3]);

  const known = await em.execute<{ statement: string }[]>('select statement from pg_prepared_statements');
  expect(known.map(({ statement }) => statement).toSorted()).toEqual([
    'select $1::int as one',
    'select $1::int as two',
  ]);
});

test('it belongs to the transaction that it is called in', async () => {
  const undone = orm.em.fork().transactional(async (tx) => {
    expect(await prepared(tx, PACE, [7])).toEqual([{ granted: 7 }]);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');

  expect(await orm.em.fork().execute('select * from mail_pace')).toEqual([]);
});
