import { setTimeout as pause } from 'node:timers/promises';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker } from '@temporalio/worker';
import { faultPoints } from '../activities/fault-points.ts';
import {
  createClockActivities,
  createMailActivities,
  createPurchaseActivities,
  createSendAtOnce,
  createSendEmail,
} from '../activities/index.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { EMAIL_QUEUE, LIFECYCLE_QUEUE } from '../workflows/ids.ts';
import type { WorkerDeps } from './deps.ts';
import { beating } from './heartbeats.ts';

export type WorkersOptions = {
  deps: WorkerDeps;
  config: Pick<
    Config<'worker'>,
    | 'TEMPORAL_ADDRESS'
    | 'TEMPORAL_NAMESPACE'
    | 'WORKER_MAX_CACHED'
    | 'SHUTDOWN_GRACE_MS'
    | 'PUBLIC_URL'
    | 'SECRET_KEY'
    | 'MAIL_FROM'
    | 'RESEND_RATE_PER_SECOND'
    | 'PERENNIAL_FAULTS'
  >;
  bundlePath: string;
  /** Told what is waited for before there can be workers. */
  onWaiting?: (reason: string) => void;
};

export type Workers = { run(): Promise<void>; shutdown(): void };

/** The workers of both queues: the lifecycle's with its workflows, and the emails' with its cap. */
export async function createWorkers({ deps, config, bundlePath, onWaiting }: WorkersOptions): Promise<Workers> {
  const connection = await connectPatiently(config.TEMPORAL_ADDRESS, onWaiting);
  const faultPoint = faultPoints(config.PERENNIAL_FAULTS);
  const { mailActivities, sendAtOnce, finish } = mailOf(deps, config);
  const shared = {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    shutdownGraceTime: config.SHUTDOWN_GRACE_MS,
    interceptors: { activity: [() => ({ inbound: beating })] },
  };
  const lifecycle = await Worker.create({
    ...shared,
    taskQueue: LIFECYCLE_QUEUE,
    workflowBundle: { codePath: bundlePath },
    activities: {
      ...createPurchaseActivities({ ...deps, faultPoint, sendAtOnce }),
      ...createClockActivities(deps),
      ...mailActivities,
    },
    maxCachedWorkflows: config.WORKER_MAX_CACHED,
  });
  const email = await Worker.create({
    ...shared,
    taskQueue: EMAIL_QUEUE,
    activities: mailActivities,
    // Temporal holds it over all workers.
    maxTaskQueueActivitiesPerSecond: config.RESEND_RATE_PER_SECOND * SHARE,
  });
  return {
    async run() {
      await Promise.all([lifecycle.run(), email.run()]);
      await finish();
      await connection.close();
    },
    shutdown() {
      lifecycle.shutdown();
      email.shutdown();
    },
  };
}

/**
 * Emails that are sent at once, and those that wait on the queue, each have this share of the rate,
 * so that both with their bursts stay below it.
 */
const SHARE = 0.4;

/**
 * Both ways in which an email goes out: a try of the same email by the one is also that of the
 * other.
 */
function mailOf({ orm, mailer, gateway, wakes }: WorkerDeps, config: WorkersOptions['config']) {
  const { PUBLIC_URL: publicUrl, MAIL_FROM: mailFrom, RESEND_RATE_PER_SECOND: rate } = config;
  const send = createSendEmail({
    orm,
    mailer,
    stripe: gateway,
    publicUrl,
    secretKey: config.SECRET_KEY,
    mailFrom,
    now: () => new Date().toISOString(),
  });
  const atOnce = createSendAtOnce({ orm, wakes, send, perSecond: rate * SHARE });
  return { mailActivities: createMailActivities(orm, send, atOnce.tryEmail), ...atOnce };
}

/** Temporal may start after us: it is tried again until it is there. */
async function connectPatiently(address: string, onWaiting?: (reason: string) => void): Promise<NativeConnection> {
  const { connectionOptions } = loadClientConnectConfig();
  for (;;) {
    try {
      return await NativeConnection.connect({ ...connectionOptions, address });
    } catch (error) {
      log.warn({ error }, 'temporal.unreachable');
      onWaiting?.('waiting for Temporal');
      await pause(1_000);
    }
  }
}
