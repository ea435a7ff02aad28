import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../db/migrate.ts';
import { createDatabase, type TestDatabase } from '../ground/postgres.ts';

const role = `app_${randomUUID().slice(0, 8)}`;
let database: TestDatabase;
let appUrl: string;
let app: pg.Client;

const urlFor = (name: string, password: string) => {
  const url = new URL(database.url);
  url.username = name;
  url.password = encodeURIComponent(password);
  return url.href;
};

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

beforeAll(async () => {
  // As a database of 0.1 is: made by one role, with its tables there already.
  database = await createDatabase();
  appUrl = urlFor(role, "it's a ?");
  await migrate(appUrl, { ownerUrl: database.url });
  app = await connect(appUrl);
});
afterAll(async () => {
  await app.end();
  const owner = await connect(database.url);
  await owner.query(`drop owned by ${role}; drop role ${role}`);
  await owner.end();
  await database.drop();
});

describe('the role of the processes', () => {
  test('reads and writes rows of every table', async () => {
    const { rows } = await app.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'mikro_orm_migrations'`,
    );

    const { rows: may } = await app.query<{ all: boolean }>(
      `select bool_and(has_table_privilege(name, 'select') and has_table_privilege(name, 'insert')
         and has_table_privilege(name, 'update') and has_table_privilege(name, 'delete')) as all
       from unnest($1::text[]) as t(name)`,
      [rows.map(({ name }) => name)],
    );

    expect(rows.length).toBeGreaterThan(15);
    expect(may).toEqual([{ all: true }]);
  });

  test.each([
    'create table loot (id int)',
    'drop table contacts',
    'truncate contacts',
    'alter table contacts add column loot text',
    'create index loot on contacts (email)',
    'delete from mikro_orm_migrations',
    'create role loot superuser',
  ])('may not %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('is given its new password by the next migration', async () => {
    await migrate(urlFor(role, 'another'), { ownerUrl: database.url });

    await expect(connect(appUrl)).rejects.toMatchObject({ code: '28P01' });
    const again = await connect(urlFor(role, 'another'));
    await again.end();
  });

  test('has to be there already where the migrations may not make roles, and is named', async () => {
    const plain = urlFor(role, 'another');

    await expect(migrate(urlFor('nobody_here', 'x'), { ownerUrl: plain })).rejects.toThrow(
      'create role nobody_here login',
    );
  });
});

test('one address alone goes on working, and grants nothing', async () => {
  await expect(migrate(database.url)).resolves.toBeUndefined();
});
