import { openDeps, type WorkerDeps } from '../../worker/deps.ts';
import { createWorkers } from '../../worker/workers.ts';
import { readConfig } from '../../config.ts';
import { aMailbox, type TestMailbox } from '../sandbox/mailbox/a-mailbox.ts';
import { aSandbox, type Sandbox } from '../sandbox/stripe/sandbox.ts';
import { createNamespace } from './namespace.ts';
import { createDatabase, type TestDatabase } from './postgres.ts';
import { quieten } from './quieten.ts';
import { temporal } from './temporal.ts';

/** Where Temporal is; by default a namespace of its own on the server that all tests share. */
export type TemporalPlace = { address: string; namespace: string };

export type StackOptions = {
  /** What is there already; by default an empty one, migrated. */
  database?: TestDatabase;
  temporal?: TemporalPlace;
  /** Workers that run inside the test from the start; one unless said otherwise. */
  workers?: number;
  /** Settings of the processes, over those of the stack: another way to Postgres, fault points. */
  settings?: Record<string, string>;
};

/** A worker inside the test; stopped with the stack if not before. */
export type TestWorker = { stop(): Promise<void> };

/**
 * Everything but the API, for one test file: Postgres, Temporal, Stripe, mailbox, workers. Each
 * part may be taken away and brought back.
 */
export type Stack = {
  /** What any of our processes reads from its environment. */
  environment: Record<string, string>;
  sandbox: Sandbox;
  mailbox: TestMailbox;
  /** What a worker or ops has opened; here for the test's own use. */
  deps: WorkerDeps;
  startWorker(): Promise<TestWorker>;
  close(): Promise<void>;
};

export async function aStack({
  database: given,
  temporal: place,
  workers = 1,
  settings = {},
}: StackOptions = {}): Promise<Stack> {
  const [database, sandbox, mailbox, own] = await Promise.all([
    given ?? createDatabase(),
    aSandbox(),
    aMailbox(),
    place ?? ownNamespace(),
  ]);
  const environment = {
    ...environmentOf({ databaseUrl: database.url, stripe: sandbox.url, mailbox: mailbox.url, temporal: own }),
    ...settings,
  };
  const deps = await openDeps(readConfig('ops', environment));
  const running = new Set<TestWorker>();
  const startWorker = async (): Promise<TestWorker> => {
    const started = await runWorker(environment);
    const worker = { stop: () => (running.delete(worker), started.stop()) };
    running.add(worker);
    return worker;
  };
  await Promise.all(Array.from({ length: workers }, startWorker));
  return {
    environment,
    sandbox,
    mailbox,
    deps,
    startWorker,
    async close() {
      await Promise.all([...running].map((worker) => worker.stop()));
      await deps.close();
      await Promise.all([sandbox.close(), mailbox.close()]);
      await database.drop();
    },
  };
}

async function ownNamespace(): Promise<TemporalPlace> {
  const namespace = await createNamespace();
  await namespace.close();
  return { address: temporal.address, namespace: namespace.name };
}

type Addresses = { databaseUrl: string; stripe: string; mailbox: string; temporal: TemporalPlace };

const environmentOf = ({ databaseUrl, stripe, mailbox, temporal: { address, namespace } }: Addresses) => ({
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: namespace,
  STRIPE_API_KEY: 'sk_test_owner',
  STRIPE_API_BASE: stripe,
  STRIPE_WEBHOOK_SECRET: 'whsec_test',
  RESEND_API_KEY: 're_test',
  RESEND_BASE_URL: mailbox,
  RESEND_RATE_PER_SECOND: '1000',
  MAIL_FROM: 'Willow <mail@willow.example>',
  PUBLIC_URL: 'https://willow.example',
  SECRET_KEY: 'a key of the tests, 32 characters',
  SHUTDOWN_GRACE_MS: '1000',
  WORKER_MAX_CACHED: '200',
  LOG_LEVEL: 'silent',
});

/**
 * As worker/main.ts does it, but inside this process and without the sweep, which a test asks for
 * when it wants one.
 */
async function runWorker(environment: Record<string, string>): Promise<TestWorker> {
  quieten();
  const config = readConfig('worker', environment);
  const deps = await openDeps(config);
  const workers = await createWorkers({ deps, config, bundlePath: temporal.bundle });
  const running = workers.run();
  return {
    async stop() {
      workers.shutdown();
      await running;
      await deps.close();
    },
  };
}
