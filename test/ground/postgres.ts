import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../db/migrate.ts';
import { given } from './given.ts';

const template = 'perennial_template';
// Any number will do, as long as every test process takes the same lock.
const templateLock = 7_310_001;

/** A fresh, migrated database of its own for a test file. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/**
 * Copies the template that the first caller of a test run migrates; takes some tens of
 * milliseconds.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient('postgres', async (client) => {
    // The lock also keeps two copies apart: Postgres refuses to copy a database that another copy
    // is reading.
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    await makeTemplate(client);
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  return databaseOf(name);
}

/** A database of its own that holds what `script` makes: a dump in plain SQL, say. */
export async function createEmptyDatabase(script = ''): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient('postgres', async (client) => void (await client.query(`create database ${name}`)));
  await withClient(name, async (client) => void (await client.query(script)));
  return databaseOf(name);
}

const databaseOf = (name: string): TestDatabase => ({
  url: urlOf(name),
  drop: () => withClient('postgres', async (client) => void (await client.query(`drop database ${name} with (force)`))),
});

async function makeTemplate(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (found.rowCount !== 0) return;
  const draft = `${template}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await migrate(urlOf(draft));
  await client.query(`alter database ${draft} rename to ${template}`);
}

async function withClient<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(given('TEST_POSTGRES_URL'));
  url.pathname = `/${database}`;
  return url.href;
}
