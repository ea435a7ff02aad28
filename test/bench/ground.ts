import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigOrExit } from '../../config.ts';
import { build } from '../../scripts/build.ts';
import { keepChildren, type Launch } from '../../sandbox/processes/children.ts';
import { postgres, postgresUrl } from '../../sandbox/postgres.ts';
import { findTemporalCli } from '../../sandbox/temporal/temporal-cli.ts';
import { temporalServer } from '../../sandbox/temporal/temporal-server.ts';
import type { Given } from '../ground/given.ts';
import { createNamespace } from '../ground/namespace.ts';
import { freePort, freePorts } from '../ground/ports.ts';
import { createDatabase } from '../ground/postgres.ts';
import { openStack, type BenchStack, type Parts, type StackWish, type Started } from './bench-stack.ts';
import { temporalOnPostgres } from './production/temporal-on-postgres.ts';
import { temporalPrograms } from './production/temporal-programs.ts';

/** The parts of a run, in a folder of its own; all end with the run. */
export type Ground = Parts & {
  /**
   * Postgres, Temporal, sandbox, worker and api as processes of their own, as `npm start` runs
   * them, on a fresh database and namespace. Where nothing is measured, those who wish for nothing
   * else share one.
   */
  stack(wish?: StackWish): Promise<BenchStack>;
  close(): Promise<void>;
};

/**
 * As `npm start` runs everything, or as one would in production: Temporal with its store on
 * Postgres, two workers, and two APIs behind a balancer.
 */
export type Shape = 'start' | 'production';

type Options = { shape: Shape; sharesStacks: boolean; say: (line: string) => void };

export async function openGround({ shape, sharesStacks, say }: Options): Promise<Ground> {
  const { CACHE_DIR: cacheDir, TEMPORAL_CLI: givenCli } = readConfigOrExit('test');
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-'));
  await chmod(folder, 0o755); // Postgres may run as another user
  const started: Started[] = [];
  const ending: (() => Promise<void>)[] = [];
  const ofParts = new Map<'Postgres' | 'Temporal', Started>();

  const start: Ground['start'] = async (...launches) => {
    const own = startAll(say);
    started.push(own);
    for (const launch of launches) await own.start(launch);
    return own;
  };

  const onePostgres = once(async () => {
    const [port, password] = [await freePort(), 'bench'];
    const settings = ['max_connections=500'];
    const launch = await postgres({ folder: join(folder, 'postgres'), port, password, settings });
    ofParts.set('Postgres', await start(launch));
    const url = postgresUrl({ port, password });
    give('TEST_POSTGRES_URL', url);
    return url;
  });

  const oneTemporal = once(async () => {
    const { launch, address } = shape === 'start' ? await devServer() : await serverOnPostgres();
    ofParts.set('Temporal', await start(launch));
    give('TEST_TEMPORAL_ADDRESS', address);
    return address;
  });

  async function devServer(): Promise<{ launch: Launch; address: string }> {
    const cli = await findTemporalCli({ given: givenCli, cacheDir, say });
    const [port = 0, httpPort = 0, metricsPort = 0] = await freePorts(3);
    const file = join(folder, 'temporal.sqlite');
    const launch = temporalServer({ cli, file, port, httpPort, metricsPort, namespace: 'default' });
    return { launch, address: `127.0.0.1:${port}` };
  }

  async function serverOnPostgres(): Promise<{ launch: Launch; address: string }> {
    const programs = await temporalPrograms({ cacheDir, say });
    const url = await onePostgres();
    return temporalOnPostgres({ programs, folder: join(folder, 'temporal'), postgresUrl: url });
  }

  const built = once(() => build({ cacheDir, say }));
  const shared = once(async () => {
    const stack = await openStack(ground);
    ending.push(() => stack.close());
    return stack;
  });
  const ground: Ground = {
    folder,
    copies: shape === 'start' ? 1 : 2,
    start,
    built,
    pidOf(part) {
      const running = ofParts.get(part);
      if (!running) throw new Error(`${part} has not been started`);
      return running.pidOf(part);
    },
    async database() {
      await onePostgres();
      return createDatabase();
    },
    async temporal() {
      const address = await oneTemporal();
      const namespace = await createNamespace();
      await namespace.close();
      return { address, namespace: namespace.name };
    },
    async stack(wish) {
      if (!sharesStacks || wish) return openStack(ground, wish);
      return { ...(await shared()), close: async () => undefined };
    },
    async close() {
      for (const end of ending) await end();
      for (const each of started.toReversed()) await each.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return ground;
}

function startAll(say: (line: string) => void): Started & { start(launch: Launch): Promise<void> } {
  const pids = new Map<string, number>();
  const children = keepChildren({
    say,
    // What Postgres and Temporal say of themselves is shown only when they do not start.
    onLine: (name, line) => ['Postgres', 'Temporal'].includes(name) || say(`${name}: ${line.slice(0, 400)}`),
    onChange: (running) => running.forEach(({ name, pid }) => pids.set(name, pid)),
  });
  let stopping: Promise<void> | undefined;
  return {
    start: (launch) => children.start(launch),
    pidOf(name) {
      const pid = pids.get(name);
      if (pid === undefined) throw new Error(`no process ${name} was started here`);
      return pid;
    },
    stop: () => (stopping ??= children.stop()),
  };
}

/** What the parts of test/ground read. */
const give = (name: Given, value: string): void => void (process.env[name] = value);

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
