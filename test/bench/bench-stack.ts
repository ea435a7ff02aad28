import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../../config.ts';
import type { Launch } from '../../sandbox/processes/children.ts';
import { ourProcess } from '../../sandbox/processes/programs.ts';
import { registerWebhooks } from '../../sandbox/webhook-endpoint.ts';
import { openDeps, type WorkerDeps } from '../../worker/deps.ts';
import { freePorts } from '../ground/ports.ts';
import type { TestDatabase } from '../ground/postgres.ts';

export type TemporalPlace = { address: string; namespace: string };

/** Processes that a bench has started and ends again. */
export type Started = {
  /** Process ids by the names of the launches; a worker's memory is read by it. */
  pidOf(name: string): number;
  stop(): Promise<void>;
};

/** What stacks and floors are made of; each part comes up when first asked for. */
export type Parts = {
  folder: string;
  /**
   * A fresh, migrated database on a Postgres with its durability settings as they come: everything
   * on.
   */
  database(): Promise<TestDatabase>;
  /**
   * A namespace of its own on a dev server started as `npm start` does it, with a store on disk.
   */
  temporal(): Promise<TemporalPlace>;
  /** dist/ is what is measured; brought up to date with the sources. */
  built(): Promise<void>;
  /** Starts processes one after the other, each when the one before is ready. */
  start(...launches: Launch[]): Promise<Started>;
};

export type StackWish = {
  /** Settings of our processes, over those of the stack. */
  settings?: Record<string, string>;
  /** Without a worker what is asked for stays open. */
  hasWorker?: boolean;
  /** It changes what others on the same stack would notice. */
  isAlone?: boolean;
};

/**
 * Everything that `npm start` runs, each a process of its own from dist/, on a database and
 * namespace of its own.
 */
export type BenchStack = {
  /** What our processes read from their environment. */
  environment: Record<string, string>;
  apiUrl: string;
  workerUrl: string;
  temporal: TemporalPlace;
  sandbox: { url: string };
  mailbox: { url: string };
  /** What ops has opened, here for the bench's own use. */
  deps: WorkerDeps;
  pidOf(name: 'sandbox' | 'worker' | 'api'): number;
  close(): Promise<void>;
};

export async function openStack(
  parts: Parts,
  { settings = {}, hasWorker = true }: StackWish = {},
): Promise<BenchStack> {
  const [database, temporal, ports] = await Promise.all([
    parts.database(),
    parts.temporal(),
    freePorts(6),
    parts.built(),
  ]);
  const [api = 0, worker = 0, stripe = 0, mailbox = 0, apiMetrics = 0, workerMetrics = 0] = ports;
  const environment: Record<string, string> = {
    ...environmentOf({
      databaseUrl: database.url,
      temporal,
      ports: { api, worker, stripe, mailbox, apiMetrics, workerMetrics },
    }),
    DATA_DIR: join(parts.folder, `data-${uuid()}`),
    ...settings,
  };
  await mkdir(environment.DATA_DIR ?? '', { recursive: true });
  const env = { ...process.env, ...environment };
  const program = (name: 'sandbox' | 'worker' | 'api', readyAt: string[]) =>
    ourProcess({ name, file: name === 'sandbox' ? 'sandbox/main.ts' : `dist/${name}/main.js`, env, readyAt });
  const sandbox = await parts.start(program('sandbox', [`${urlOf(stripe)}/`, `${urlOf(mailbox)}/`]));
  const platform = { base: urlOf(stripe), apiKey: environment.STRIPE_API_KEY ?? '' };
  const endpoint = `${urlOf(api)}/webhooks/stripe/platform`;
  env.STRIPE_WEBHOOK_SECRET = await registerWebhooks(platform, endpoint, undefined);
  environment.STRIPE_WEBHOOK_SECRET = env.STRIPE_WEBHOOK_SECRET;
  const ours = await parts.start(
    ...(hasWorker ? [program('worker', [`${urlOf(worker)}/readyz`])] : []),
    program('api', [`${urlOf(api)}/readyz`]),
  );
  const deps = await openDeps(readConfig('ops', environment));
  return {
    environment,
    deps,
    temporal,
    apiUrl: urlOf(api),
    workerUrl: urlOf(worker),
    sandbox: { url: urlOf(stripe) },
    mailbox: { url: urlOf(mailbox) },
    pidOf: (name) => (name === 'sandbox' ? sandbox : ours).pidOf(name),
    async close() {
      await deps.close();
      await ours.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

type Places = {
  databaseUrl: string;
  temporal: TemporalPlace;
  ports: Record<'api' | 'worker' | 'stripe' | 'mailbox' | 'apiMetrics' | 'workerMetrics', number>;
};

/** As sandbox/environment/environment.ts makes it for `npm start`. */
const environmentOf = ({ databaseUrl, temporal, ports }: Places) => ({
  NODE_ENV: 'production',
  TZ: 'UTC',
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_NAMESPACE: temporal.namespace,
  STRIPE_API_KEY: 'sk_test_owner',
  STRIPE_API_BASE: urlOf(ports.stripe),
  STRIPE_WEBHOOK_SECRET: '',
  STRIPE_PORT: String(ports.stripe),
  MAILBOX_PORT: String(ports.mailbox),
  RESEND_API_KEY: 're_bench',
  RESEND_BASE_URL: urlOf(ports.mailbox),
  RESEND_RATE_PER_SECOND: '500',
  MAIL_FROM: 'Willow <mail@willow.example>',
  PUBLIC_URL: urlOf(ports.api),
  PORT: String(ports.api),
  WORKER_PORT: String(ports.worker),
  METRICS_PORT: String(ports.apiMetrics),
  WORKER_METRICS_PORT: String(ports.workerMetrics),
  SECRET_KEY: 'a key of the bench, 32 characters',
  SHUTDOWN_GRACE_MS: '2000',
  LOG_LEVEL: 'error',
});
