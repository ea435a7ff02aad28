import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type pg from 'pg';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { LiftOutcome } from '../../activities/gateways/resend-suppressions.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { createMetrics } from '../../api/health.ts';
import type { SecretKey } from '../../db/signature.ts';
import { createApi } from '../../api/server.ts';
import { batchWakes } from '../../api/webhooks/wake-soon.ts';
import { listenForAnswers } from '../../db/inbox/answers.ts';
import { endRevoked, listenersOf } from '../../db/money/connections.ts';
import { openOrm, poolOf, type Orm } from '../../db/orm.ts';
import { createEventStore } from '../../db/inbox/store-events.ts';
import { createDatabase } from '../ground/postgres.ts';
import { createStripeDouble, type StripeDouble } from './a-stripe.ts';
import { createClient, type Client } from './a-client.ts';

export type Woken = { what: string; id: string };

export type TestApi = {
  url: string;
  orm: Orm;
  pool: pg.Pool;
  stripe: StripeDouble;
  woken: Woken[];
  /** What Prometheus would read. */
  metrics: () => Promise<string>;
  /** What a wake of a purchase does; nothing, unless a test says so. */
  onLook: (work: (purchaseId: string, rowId: string | null) => Promise<void>) => void;
  client: (key: string | null, headers?: Record<string, string>) => Client;
  /** What Resend does with an address that is lifted: nothing, unless a test says so. */
  onLift: (work: (address: string) => Promise<LiftOutcome>) => void;
  /** How many connections are open to it. */
  connections: () => Promise<number>;
  close: () => Promise<void>;
};

export type ApiSettings = {
  waitMs?: number;
  isLivemode?: boolean;
  receiveMs?: number;
  trustProxy?: number;
  secretKey?: SecretKey;
};

export const WEBHOOK_SECRET = 'whsec_test_secret_of_the_platform';
export const RESEND_SECRET = `whsec_${Buffer.from('a secret of Resend’s webhooks').toString('base64')}`;
export const PUBLIC_URL = 'http://perennial.test';
export const SECRET_KEY: SecretKey = ['a-secret-key-of-32-characters-or-more'];

/**
 * A whole API over a database of its own, with doubles for Stripe and for the wakes that tests can
 * ask.
 */
export async function startApi(settings: ApiSettings = {}): Promise<TestApi> {
  const database = await createDatabase();
  const orm = await openOrm({ url: database.url });
  const pool = poolOf(orm);
  const answers = listenForAnswers(database.url);
  const woken: Woken[] = [];
  const look: { work: (purchaseId: string, rowId: string | null) => Promise<void> } = { work: async () => undefined };
  const lifting: { work: (address: string) => Promise<LiftOutcome> } = { work: async () => ({ kind: 'lifted' }) };
  const wakes = recordingPoker(woken, look);
  const stripe = createStripeDouble();
  const store = createEventStore(orm);
  const secrets = new Map([['platform', WEBHOOK_SECRET]]);
  const listeners = (accountId: string) => listenersOf(orm.em.fork(), accountId, settings.secretKey ?? SECRET_KEY);
  const onRevoked = (id: string, at: string) => endRevoked(orm.em.fork(), id, at);
  const deps: ApiDeps = {
    orm,
    answers,
    wakes,
    stripe,
    suppressions: { lift: (address) => lifting.work(address) },
    secretKey: settings.secretKey ?? SECRET_KEY,
    publicUrl: PUBLIC_URL,
    connectClientId: 'ca_of_tests',
    outsideReach: 'loopback',
    trustProxy: settings.trustProxy ?? 0,
    workflowPage: () => null,
    stripePage: () => null,
    waitMs: settings.waitMs ?? 2_000,
    clockWaitMs: 300,
    receiveMs: settings.receiveMs ?? 30_000,
    webhooks: {
      stripe: {
        store,
        wakeSoon: batchWakes(orm, wakes),
        secrets,
        listeners,
        onRevoked,
        isLivemode: settings.isLivemode ?? false,
      },
      resend: { orm, secret: RESEND_SECRET },
    },
  };
  const metrics = createMetrics();
  const server = createApi(deps, metrics).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    orm,
    pool,
    stripe,
    woken,
    metrics: () => metrics.registry.metrics(),
    onLook: (work) => void (look.work = work),
    onLift: (work) => void (lifting.work = work),
    client: (key, headers = {}) => createClient(url, key, headers),
    connections: () => promisify(server.getConnections.bind(server))(),
    async close() {
      await closeServer(server);
      await answers.close();
      await orm.close();
      await database.drop();
    },
  };
}

function recordingPoker(
  woken: Woken[],
  look: { work: (purchaseId: string, rowId: string | null) => Promise<void> },
): Wakes {
  const note = async (what: string, id: string) => void woken.push({ what, id });
  return {
    async look(purchaseId, { rowId }) {
      await note('look', purchaseId);
      await look.work(purchaseId, rowId);
    },
    wake: (purchaseId) => note('wake', purchaseId),
    moveClock: (accountId) => note('moveClock', accountId),
    wakeJob: (jobId) => note('wakeJob', jobId),
    startMail: (emailId) => note('startMail', emailId),
    startWelcome: (purchaseId) => note('startWelcome', purchaseId),
    isReachable: async () => true,
  };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
