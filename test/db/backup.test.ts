import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { scopeTo } from '../../db/account-scope.ts';
import { loadBackup } from '../../db/backup/load-backup.ts';
import { writeBackup } from '../../db/backup/write-backup.ts';
import { migrate } from '../../db/migrate.ts';
import { openOrm, type Orm } from '../../db/orm.ts';
import { countSegments } from '../../db/people/contact-list.ts';
import { aContact, anAccount } from '../builders/rows.ts';
import { aDumpOf } from '../ground/dumps.ts';
import { eventually } from '../ground/eventually.ts';
import { createDatabase, type TestDatabase } from '../ground/postgres.ts';

const MADE_AT = '2027-01-31T09:00:00.000Z';
const nothing = async () => undefined;

let folder: string;
let file: string;
let old: TestDatabase;
const closing: (() => Promise<void>)[] = [];

async function open({ url, drop }: TestDatabase): Promise<Orm> {
  const orm = await openOrm({ url, poolSize: 3 });
  closing.push(async () => (await orm.close(), await drop()));
  return orm;
}

/** A database of 0.1.0 with all sorts of things in it, backed up as it was. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-backup-'));
  file = join(folder, 'backup.gz');
  old = await aDumpOf('0.1.0');
  const orm = await openOrm({ url: old.url, poolSize: 3 });
  await writeBackup(orm, file, MADE_AT);
  await orm.close();
}, 60_000);
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await old.drop();
  await rm(folder, { recursive: true });
});

/** Table -> a hash of all that is in it, to the last digit. */
async function everythingIn(orm: Orm): Promise<Record<string, string | null>> {
  const em = orm.em.fork();
  const tables = await em.execute<{ name: string }[]>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relname <> 'mikro_orm_migrations' order by 1`,
  );
  const all: Record<string, string | null> = {};
  for (const { name } of tables) {
    const [row] = await em.execute<{ hash: string | null }[]>(
      `select md5(string_agg(t::text, ',' order by t::text)) as hash from ${name} t`,
    );
    all[name] = row!.hash;
  }
  return all;
}

test('what a backup of an older version holds comes back to the last digit, in the schema of today', async () => {
  const restored = await open(await createDatabase());
  await restored.em.fork().execute(`insert into mail_pace (free_at, granted) values (now(), 9)`);
  await loadBackup(restored, file, nothing);

  await migrate(old.url);
  const expected = await openOrm({ url: old.url, poolSize: 3 });
  closing.push(() => expected.close());
  const all = await everythingIn(restored);
  expect(all).toEqual(await everythingIn(expected));
  expect(all.purchases).not.toBeNull();
  const next = await restored.em
    .fork()
    .execute(`select nextval(pg_get_serial_sequence('inbox', 'seq')) > max(seq) as "isNew" from inbox`);
  expect(next).toEqual([{ isNew: true }]);
}, 60_000);

test('what triggers keep comes back as it was, and is kept from then on', async () => {
  const today = join(folder, 'today.gz');
  const from = await open(await createDatabase());
  const { accountId } = await anAccount(from.em.fork());
  await aContact(from.em.fork(), accountId, { customerSince: MADE_AT });
  await writeBackup(from, today, MADE_AT);
  const restored = await open(await createDatabase());

  await loadBackup(restored, today, nothing);
  expect(await everythingIn(restored)).toEqual(await everythingIn(from));

  await aContact(restored.em.fork(), accountId);
  const counts = await countSegments(scopeTo(restored.em.fork(), accountId));
  expect(counts).toEqual({ all: 2, customers: 1, subscribed: 0 });
});

test('whoever reads two tables in the other order than they go holds a restore up, and does not end it', async () => {
  const orm = await open(await createDatabase());
  const em = orm.em.fork();
  const order = await em.execute<{ name: string }[]>(
    `select c.oid::regclass::text as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
       and not relispartition and relname <> 'mikro_orm_migrations'`,
  );
  await em.begin();
  await em.execute(`lock table ${order.at(-1)!.name} in access share mode`);
  const restored = loadBackup(orm, file, nothing);
  await eventually(async () => {
    const waiting = await orm.em.fork().execute(`select 1 from pg_locks where not granted and database = (
      select oid from pg_database where datname = current_database())`);
    return waiting.length === 1;
  });

  await em.execute(`lock table ${order[0]!.name} in access share mode`);
  await em.commit();
  await restored;
});

test('functions that are built on one another go in whatever order they are found', async () => {
  const orm = await open(await createDatabase());
  const numbers = [1, 2, 3, 4, 5];
  await orm.em.fork().execute('create function step_0(n int) returns int language sql return n');
  for (const at of numbers)
    await orm.em.fork().execute(`create function step_${at}(n int) returns int language sql return step_${at - 1}(n)`);

  await loadBackup(orm, file, nothing);

  const left = await orm.em.fork().execute(`select proname from pg_proc where proname like 'step\\__'`);
  expect(left).toEqual([]);
});

test('nobody but its owner reads a backup, and one that is there is not written over', async () => {
  const orm = await open(await createDatabase());

  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(writeBackup(orm, file, MADE_AT)).rejects.toThrow('is there already');
});

const cut = async (path: string) => truncate(path, 20_000);
const ofTheFuture = async (path: string) => {
  const text = gunzipSync(await readFile(path)).toString();
  await writeFile(path, gzipSync(text.replace('"0003-mail-pace"', '"9999-from-the-future"')));
};
const another = async (path: string) => writeFile(path, gzipSync('select 1;\n'));

test.each([
  ['cut off', cut, /unexpected end of file/],
  ['of a newer version', ofTheFuture, /newer version: it has 9999-from-the-future/],
  ['no backup', another, /no backup/],
])('a file that is %s changes nothing', async (_, spoil, fault) => {
  const spoilt = join(folder, 'spoilt.gz');
  await writeFile(spoilt, await readFile(file));
  await spoil(spoilt);
  const orm = await open(await createDatabase());
  await orm.em.fork().execute(`insert into mail_pace (free_at, granted) values (now(), 9)`);
  const before = await everythingIn(orm);

  await expect(loadBackup(orm, spoilt, nothing)).rejects.toThrow(fault);

  expect(await everythingIn(orm)).toEqual(before);
});

test('what is done with it belongs to it: where that fails, nothing was restored', async () => {
  const orm = await open(await createDatabase());

  await expect(
    loadBackup(orm, file, async () => {
      throw new Error('half way');
    }),
  ).rejects.toThrow('half way');

  expect((await everythingIn(orm)).purchases).toBeNull();
});
