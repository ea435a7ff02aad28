import { expect, test } from '@jest/globals';
import { EACH_TIME, json, query, run, sql } from '../../db/sql.ts';
import { orm, useOrm } from '../ground/orm.ts';

useOrm(1);

test('a statement is planned once for a connection, and another one for itself', async () => {
  const em = orm.em.fork();
  expect(await query(em, sql`select ${1}::int as one`)).toEqual([{ one: 1 }]);
  expect(await query(em, sql`select ${2}::int as one`)).toEqual([{ one: 2 }]);
  expect(await query(em, sql`select ${2}::int as two`)).toEqual([{ two: 2 }]);

  expect(await known()).toEqual(['select $1::int as one', 'select $1::int as two']);
});

test('a statement whose plan depends on its values, and those of the ORM, are planned each time', async () => {
  const before = await known();
  expect(await query(orm.em.fork(), sql`${EACH_TIME} select ${3}::int as three`)).toEqual([{ three: 3 }]);
  await orm.em.fork().execute('select ?::int', [3]);

  expect(await known()).toEqual(before);
});

test('lists, JSON and bytes are one parameter each, and values come as Postgres writes them', async () => {
  const [row] = await query(
    orm.em.fork(),
    sql`select ${['a', '{b,"c"}']}::text[] as list, 'b' = any(${['a', 'b']}) as "isIn", ${json([1, { two: null }])} as json,
      ${Buffer.from([0, 255])}::bytea as bytes, 9007199254740993::int8 as big, 1.50::numeric as exact,
      '2027-01-31T09:00:00.123456Z'::timestamptz as at, '2027-01-31'::date as day, ${null}::text as nothing`,
  );

  expect(row).toEqual({
    list: ['a', '{b,"c"}'],
    isIn: true,
    json: [1, { two: null }],
    bytes: Buffer.from([0, 255]),
    big: '9007199254740993',
    exact: '1.50',
    at: '2027-01-31 09:00:00.123456+00',
    day: '2027-01-31',
    nothing: null,
  });
});

test('it belongs to the transaction that it is called in', async () => {
  const undone = orm.em.fork().transactional(async (tx) => {
    expect(await run(tx, sql`insert into mail_pace (only_row, free_at, granted) values (true, now(), ${7})`)).toBe(1);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');

  expect(await query(orm.em.fork(), sql`select * from mail_pace`)).toEqual([]);
});

async function known(): Promise<string[]> {
  const rows = await query<{ statement: string }>(
    orm.em.fork(),
    sql`select statement from pg_prepared_statements order by prepare_time`,
  );
  return rows.map(({ statement }) => statement);
}
