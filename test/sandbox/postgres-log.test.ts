import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { keepChildren, type Children } from '../../sandbox/processes/children.ts';
import { postgres, postgresUrl } from '../../sandbox/postgres.ts';
import { eventually } from '../ground/eventually.ts';
import { freePort } from '../ground/ports.ts';

const ADDRESS = 'ada@secret.example';
const password = 'test';
let folder: string;
let port: number;
let children: Children;
let log: string[];

async function start(): Promise<pg.Client> {
  log = [];
  children = keepChildren({ say: () => undefined, onLine: (_name, line) => log.push(line) });
  await children.start(await postgres({ folder: join(folder, 'postgres'), port, password }));
  return connect();
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgresUrl({ port, password }) });
  await client.connect();
  return client;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-log-'));
  await chmod(folder, 0o755);
  port = await freePort();
  // A cluster that was told by hand to say everything, as one may be that exists already.
  const client = await start();
  await client.query('create table people (email text primary key check (length(email) < 40), born date)');
  await client.query('insert into people values ($1)', [ADDRESS]);
  for (const [name, value] of [
    ['log_error_verbosity', 'verbose'],
    ['log_min_messages', 'notice'],
    ['log_parameter_max_length_on_error', '-1'],
    ['log_statement', 'all'],
  ])
    await client.query(`alter system set ${name} = '${value}'`);
  await client.end();
  await children.stop();
}, 60_000);

afterAll(async () => {
  await children.stop();
  await rm(folder, { recursive: true, force: true });
});

const FAULTS: [string, string, unknown[]][] = [
  ['a unique violation, its value in the text', `insert into people values ('${ADDRESS}')`, []],
  ['a unique violation, its value as a parameter', 'insert into people values ($1)', [ADDRESS]],
  ['a violated check', `insert into people values ($1 || repeat('x', 40))`, [ADDRESS]],
  ['a value of the wrong type, which the message itself quotes', 'select $1::uuid', [ADDRESS]],
  ['a statement that is none', `insert into nowhere values ('${ADDRESS}')`, []],
  ['a raised message', `do $$ begin raise exception 'no ${ADDRESS}'; end $$`, []],
  ['a warning', `do $$ begin raise warning 'no ${ADDRESS}'; end $$`, []],
];

test('no fault of a statement brings what is in a row into the log of Postgres, however the cluster was set before', async () => {
  const client = await start();
  for (const [, statement, values] of FAULTS) await client.query(statement, values).catch(() => undefined);
  // What the statements caused stands before the line that says that a connection was ended by
  // hand.
  const other = await connect();
  other.on('error', () => undefined);
  await client.query('select pg_terminate_backend($1)', [(other as unknown as { processID: number }).processID]);
  await client.end();

  await eventually(() => log.some((line) => line.includes('terminating connection')));

  expect(log.filter((line) => line.includes('secret.example'))).toEqual([]);
}, 60_000);
