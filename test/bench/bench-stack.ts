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
import { benchProcess } from './programs.ts';

export type TemporalPlace = { address: string; namespace: string };

/** Processes that a bench has started and ends again. */
export type Started = {
  /** Process ids by the names of the launches. */
  pidOf(name: string): number;
  stop(): Promise<void>;
};

/** What stacks and floors are made of; each part comes up when first asked for. */
export type Parts = {
  folder: string;
  /** How many workers and how many APIs a stack has; several APIs stand behind a balancer. */
  copies: number;
  /** @throws where it has not been started yet */
  pidOf(part: 'Postgres' | 'Temporal'): number;
  /**
   * A fresh, migrated database on a Postgres with its durability settings as they come: everything
   * on.
   */
  database(): Promise<TestDatabase>;
  /**
   * A namespace of its own, on a dev server started as `npm start` does it with a store on disk, or
   * on a server of production's shape.
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

/** By what they do; those of Postgres and Temporal serve other stacks of a run as well. */
export const PROCESSES = ['worker', 'api', 'Temporal', 'Postgres', 'stand-ins'] as const;
export type ProcessKind = (typeof PROCESSES)[number];

/**
 * Everything that `npm start` runs, each a process of its own from dist/, on a database and
 * namespace of its own.
 */
export type BenchStack = {
  /** What our processes read from their environment. */
  environment: Record<string, string>;
  /** Of the API, or of the balancer before several. */
  apiUrl: string;
  temporal: TemporalPlace;
  sandbox: { url: string };
  mailbox: { url: string };
  /** What ops has opened, here for the bench's own use. */
  deps: WorkerDeps;
  pidsOf(kind: ProcessKind): number[];
  close(): Promise<void>;
};

export async function openStack(
  parts: Parts,
  { settings = {}, hasWorker = true }: StackWish = {},
): Promise<BenchStack> {
  const [database, temporal, places] = await Promise.all([
    parts.database(),
    parts.temporal(),
    freePlaces(parts.copies),
    parts.built(),
  ]);
  const environment: Record<string, string> = {
    ...environmentOf({ databaseUrl: database.url, temporal, places }),
    DATA_DIR: join(parts.folder, `data-${uuid()}`),
    ...settings,
  };
  await mkdir(environment.DATA_DIR ?? '', { recursive: true });
  const sandbox = await startSandbox(parts, environment, places);
  const ours = await startOurs(parts, environment, places, hasWorker);
  const deps = await openDeps(readConfig('ops', environment));
  const pidsOf: Record<ProcessKind, () => number[]> = {
    worker: () => (hasWorker ? places.copies.map((_, copy) => ours.pidOf(named('worker', copy))) : []),
    api: () => places.copies.map((_, copy) => ours.pidOf(named('api', copy))),
    Temporal: () => [parts.pidOf('Temporal')],
    Postgres: () => [parts.pidOf('Postgres')],
    'stand-ins': () => [sandbox.pidOf('sandbox')],
  };
  return {
    environment,
    deps,
    temporal,
    apiUrl: urlOf(places.entrance),
    sandbox: { url: urlOf(places.stripe) },
    mailbox: { url: urlOf(places.mailbox) },
    pidsOf: (kind) => pidsOf[kind](),
    async close() {
      await deps.close();
      await ours.stop();
      await sandbox.stop();
      await database.drop();
    },
  };
}

/** Ports on 127.0.0.1. */
type Places = { stripe: number; mailbox: number; /** Where the API is reached. */ entrance: number; copies: Copy[] };
type Copy = Record<'api' | 'worker' | 'apiMetrics' | 'workerMetrics', number>;

async function freePlaces(count: number): Promise<Places> {
  const [stripe = 0, mailbox = 0, balancer = 0, ...ports] = await freePorts(3 + 4 * count);
  const copies = Array.from({ length: count }, (_, copy): Copy => {
    const [api = 0, worker = 0, apiMetrics = 0, workerMetrics = 0] = ports.slice(4 * copy);
    return { api, worker, apiMetrics, workerMetrics };
  });
  return { stripe, mailbox, entrance: count === 1 ? (copies[0]?.api ?? 0) : balancer, copies };
}

/** Adds the secret of the webhooks, which Stripe's stand-in makes, to the environment. */
async function startSandbox(
  parts: Parts,
  environment: Record<string, string>,
  { stripe, mailbox, entrance }: Places,
): Promise<Started> {
  const env = { ...process.env, ...environment };
  const readyAt = [`${urlOf(stripe)}/`, `${urlOf(mailbox)}/`];
  const sandbox = await parts.start(ourProcess({ name: 'sandbox', file: 'sandbox/main.ts', env, readyAt }));
  const platform = { base: urlOf(stripe), apiKey: environment.STRIPE_API_KEY ?? '' };
  const endpoint = `${urlOf(entrance)}/webhooks/stripe/platform`;
  environment.STRIPE_WEBHOOK_SECRET = await registerWebhooks(platform, endpoint, undefined);
  return sandbox;
}

function startOurs(
  parts: Parts,
  environment: Record<string, string>,
  { entrance, copies }: Places,
  hasWorker: boolean,
): Promise<Started> {
  const program = (kind: 'worker' | 'api', copy: number, ports: Copy) => {
    const env = { ...process.env, ...environment, ...portsOf(ports) };
    const file = `dist/${kind}/main.js`;
    return ourProcess({ name: named(kind, copy), file, env, readyAt: [`${urlOf(ports[kind])}/readyz`] });
  };
  const workers = hasWorker ? copies.map((ports, copy) => program('worker', copy, ports)) : [];
  const apis = copies.map((ports, copy) => program('api', copy, ports));
  return parts.start(...workers, ...apis, ...(copies.length > 1 ? [balancer(entrance, copies)] : []));
}

const named = (kind: 'worker' | 'api', copy: number): string => (copy === 0 ? kind : `${kind} ${copy + 1}`);

function balancer(entrance: number, copies: Copy[]): Launch {
  const env = { PORT: String(entrance), BEHIND: copies.map(({ api }) => api).join() };
  const readyAt = `${urlOf(entrance)}/readyz`;
  return benchProcess({ name: 'balancer', file: 'production/balancer.ts', env, readyAt });
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

type Given = { databaseUrl: string; temporal: TemporalPlace; places: Places };

/** As sandbox/environment/environment.ts makes it for `npm start`; the first copy's ports. */
const environmentOf = ({ databaseUrl, temporal, places: { stripe, mailbox, entrance, copies } }: Given) => ({
  NODE_ENV: 'production',
  TZ: 'UTC',
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_NAMESPACE: temporal.namespace,
  STRIPE_API_KEY: 'sk_test_owner',
  STRIPE_API_BASE: urlOf(stripe),
  STRIPE_WEBHOOK_SECRET: '',
  STRIPE_PORT: String(stripe),
  MAILBOX_PORT: String(mailbox),
  RESEND_API_KEY: 're_bench',
  RESEND_BASE_URL: urlOf(mailbox),
  RESEND_RATE_PER_SECOND: '500',
  MAIL_FROM: 'Willow <mail@willow.example>',
  PUBLIC_URL: urlOf(entrance),
  ...portsOf(copies[0]),
  SECRET_KEY: 'a key of the bench, 32 characters',
  SHUTDOWN_GRACE_MS: '2000',
  LOG_LEVEL: 'error',
});

const portsOf = (copy: Copy | undefined) => ({
  PORT: String(copy?.api),
  WORKER_PORT: String(copy?.worker),
  METRICS_PORT: String(copy?.apiMetrics),
  WORKER_METRICS_PORT: String(copy?.workerMetrics),
});
