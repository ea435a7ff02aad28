import { once } from 'node:events';
import { connectTemporal } from '../activities/gateways/connect-temporal.ts';
import { createSuppressions } from '../activities/gateways/resend-suppressions.ts';
import { CONNECT, createStripeGateway, PLATFORM } from '../activities/gateways/stripe.ts';
import { createWakes } from '../activities/gateways/temporal.ts';
import { readConfigOrExit, type Config } from '../config.ts';
import { listenForAnswers } from '../db/inbox/answers.ts';
import { notingDeliveries } from '../db/inbox/event-types.ts';
import { endRevoked, listenersOf, reachOf } from '../db/money/connections.ts';
import { openOrm } from '../db/orm.ts';
import { createEventStore } from '../db/inbox/store-events.ts';
import { secretKeyOf } from '../db/signature.ts';
import { log, startLog } from '../log.ts';
import { releaseStartMemory } from '../memory.ts';
import { startTracing } from '../tracing/start.ts';
import type { ApiDeps } from './deps.ts';
import { createMetrics, serveMetrics } from './health.ts';
import { createApi } from './server.ts';
import { batchWakes } from './webhooks/wake-soon.ts';
import { stripePageOf } from './stripe-page.ts';

const config = readConfigOrExit('api');
startLog({ process: 'api', level: config.LOG_LEVEL });

/** An answer may take this long before it becomes 202 [R6.2]. */
const COMMAND_WAIT_MS = 5_000;
const CLOCK_WAIT_MS = 25_000;
const STRIPE_TIMEOUT_MS = 5_000;
const RESEND_TIMEOUT_MS = 5_000;
/** A request has to be here, head and body, within this time. */
const RECEIVE_MS = 30_000;

async function serve(settings: Config<'api'>): Promise<void> {
  const tracing = await startTracing('api', settings);
  const orm = await openOrm({ url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE });
  const answers = listenForAnswers(settings.DATABASE_URL);
  const temporal = connectTemporal(settings);
  const wakes = createWakes(temporal.client, {
    onLost: (what, id, error) => log.warn({ what, id, error }, 'wake.lost'),
  });
  const metrics = createMetrics();
  const deps = await depsOf(settings, { orm, answers, wakes });
  const server = createApi(deps, metrics).listen(settings.PORT, settings.HOST);
  await once(server, 'listening');
  const scraped = await serveMetrics(metrics, { host: settings.HOST, port: settings.METRICS_PORT });
  log.info({ port: settings.PORT }, 'api.listening');
  releaseStartMemory();
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info('api.stopping');
  const cutOff = setTimeout(() => server.closeAllConnections(), settings.SHUTDOWN_GRACE_MS);
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cutOff);
  scraped.close();
  scraped.closeAllConnections();
  await answers.close();
  await temporal.close();
  await orm.close();
  await tracing.stop();
  log.info('api.stopped');
}

async function depsOf(settings: Config<'api'>, opened: Pick<ApiDeps, 'orm' | 'answers' | 'wakes'>): Promise<ApiDeps> {
  const { STRIPE_API_KEY: apiKey, STRIPE_API_BASE: apiBase } = settings;
  const secrets = new Map([[PLATFORM, settings.STRIPE_WEBHOOK_SECRET]]);
  const connectSecret = settings.STRIPE_CONNECT_WEBHOOK_SECRET;
  if (connectSecret !== undefined) secrets.set(CONNECT, connectSecret);
  const secretKey = secretKeyOf(settings);
  const store = notingDeliveries(createEventStore(opened.orm), opened.orm);
  const listeners = (accountId: string) => listenersOf(opened.orm.em.fork(), accountId, secretKey);
  return {
    ...opened,
    stripe: createStripeGateway({
      apiKey,
      apiBase,
      timeoutMs: STRIPE_TIMEOUT_MS,
      reachOf: (stripeAccount) => reachOf(opened.orm.em.fork(), stripeAccount, secretKey),
    }),
    suppressions: suppressionsOf(settings),
    secretKey,
    publicUrl: settings.PUBLIC_URL,
    connectClientId: settings.STRIPE_CONNECT_CLIENT_ID,
    outsideReach: settings.OUTSIDE_NETWORKS,
    workflowPage: workflowPageOf(settings),
    stripePage: stripePageOf(settings),
    trustProxy: settings.TRUST_PROXY,
    waitMs: COMMAND_WAIT_MS,
    clockWaitMs: CLOCK_WAIT_MS,
    receiveMs: RECEIVE_MS,
    webhooks: {
      stripe: {
        store,
        wakeSoon: batchWakes(opened.orm, opened.wakes),
        secrets,
        listeners,
        isLivemode: /^(sk|rk)_live_/.test(apiKey),
        onRevoked: (id, at) => endRevoked(opened.orm.em.fork(), id, at),
      },
      resend: { orm: opened.orm, secret: settings.RESEND_WEBHOOK_SECRET },
    },
  };
}

const suppressionsOf = ({ RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl }: Config<'api'>): ApiDeps['suppressions'] =>
  createSuppressions({ apiKey, baseUrl, timeoutMs: RESEND_TIMEOUT_MS });

const workflowPageOf =
  ({ TEMPORAL_UI_URL: base, TEMPORAL_NAMESPACE: namespace }: Config<'api'>): ApiDeps['workflowPage'] =>
  (workflowId) =>
    base === undefined
      ? null
      : `${base.replace(/\/$/, '')}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;

await serve(config);
