/**
 * `npm test`: starts one Postgres and one Temporal for the whole run, on free ports and in a folder
 * of their own, bundles the workflows, runs jest, prints the true totals, and stops everything.
 * Arguments go to jest: `npm test -- test/domain`.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfigOrExit } from '../config.ts';
import { keepChildren } from '../sandbox/processes/children.ts';
import type { Children } from '../sandbox/processes/children.ts';
import { postgres, postgresUrl } from '../sandbox/postgres.ts';
import { findTemporalCli } from '../sandbox/temporal/temporal-cli.ts';
import { temporalServer } from '../sandbox/temporal/temporal-server.ts';
import { workflowBundle } from '../scripts/workflow-bundle.ts';
import type { Given } from './ground/given.ts';
import { bundledPackages } from './bundled-packages.ts';
import { freePort, freePorts } from './ground/ports.ts';

const config = readConfigOrExit('test');
const folder = await mkdtemp(join(tmpdir(), 'perennial-test-'));
await chmod(folder, 0o755); // Postgres may run as another user
const children = keepChildren({ say: console.error, onLine: () => undefined });
let ending: Promise<void> | undefined;
let jest: ChildProcess | undefined;
const end = () => (ending ??= stopAll());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void end().then(() => process.exit(1)));

try {
  process.exitCode = await runTests(process.argv.slice(2));
} finally {
  await end();
}

async function stopAll(): Promise<void> {
  killGroup(jest);
  await children.stop();
  await rm(folder, { recursive: true, force: true });
}

async function runTests(args: string[]): Promise<number> {
  const [database, temporal, bundle, packages] = await Promise.all([
    startPostgres(children),
    startTemporal(children),
    bundleWorkflows(),
    bundledPackages(config.CACHE_DIR),
  ]);
  const report = join(folder, 'report.json');
  const own = ['--json', `--outputFile=${report}`, `--moduleNameMapper=${JSON.stringify(packages)}`];
  await runJest([...own, ...args], { ...database, ...temporal, ...bundle });
  const { passed, failed } = await totals(report);
  console.log(`${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0 ? 0 : 1;
}

async function startPostgres(kept: Children): Promise<Partial<Record<Given, string>>> {
  const port = await freePort();
  // Safe against the kill of a process, which the tests do; not against a power cut, which they do
  // not.
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=500'];
  await kept.start(await postgres({ folder: join(folder, 'postgres'), port, password: 'test', settings }));
  return { TEST_POSTGRES_URL: postgresUrl({ port, password: 'test' }) };
}

async function startTemporal(kept: Children): Promise<Partial<Record<Given, string>>> {
  const cli = await findTemporalCli({ given: config.TEMPORAL_CLI, cacheDir: config.CACHE_DIR, say: console.error });
  const [port = 0, httpPort = 0, metricsPort = 0] = await freePorts(3);
  await kept.start(temporalServer({ cli, port, httpPort, metricsPort, namespace: 'default' }));
  return { TEST_TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TEST_TEMPORAL_CLI: cli };
}

// A fault in the workflows fails the tests that run them, with its reason, and not those of the
// calendar.
async function bundleWorkflows(): Promise<Partial<Record<Given, string>>> {
  try {
    return { TEST_WORKFLOW_BUNDLE: await workflowBundle(config.CACHE_DIR) };
  } catch (error) {
    return { TEST_WORKFLOW_BUNDLE_FAULT: error instanceof Error ? error.message : String(error) };
  }
}

async function runJest(args: string[], given: Partial<Record<Given, string>>): Promise<void> {
  const program = createRequire(import.meta.url).resolve('jest/bin/jest');
  const flags = ['--experimental-vm-modules', '--no-warnings'];
  const NODE_COMPILE_CACHE = resolve(config.CACHE_DIR, 'compile');
  const own = { TZ: 'UTC', NODE_ENV: 'test', NODE_OPTIONS: flags.join(' '), NODE_COMPILE_CACHE };
  const env = { ...process.env, ...given, ...own };
  jest = spawn(process.execPath, [program, '--config', 'jest.config.js', '--forceExit', ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'], // jest says everything on stderr; stdout is the report again
  });
  await once(jest, 'exit');
  killGroup(jest);
}

// A test that failed may have left a process of its own, which would outlive the run and keep its
// output open.
function killGroup(leader: ChildProcess | undefined): void {
  if (leader?.pid === undefined) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  numPendingTests: number;
};

/**
 * A suite that could not run counts as one failure; so does a test that was skipped, since none may
 * be.
 */
async function totals(path: string): Promise<{ passed: number; failed: number }> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const report = JSON.parse(text) as Report;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + report.numPendingTests;
  return { passed: report.numPassedTests, failed };
}
