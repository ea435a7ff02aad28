import { setTimeout as pause } from 'node:timers/promises';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker } from '@temporalio/worker';
import { faultPoints } from '../activities/fault-points.ts';
import {
  createClockActivities,
  createJobActivities,
  createMailActivities,
  createPurchaseActivities,
  createSendAtOnce,
  createSendEmail,
} from '../activities/index.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { givingBack } from '../memory.ts';
import { BULK_EMAIL_QUEUE, EMAIL_QUEUE, LIFECYCLE_QUEUE } from '../workflows/ids.ts';
import type { WorkerDeps } from './deps.ts';
import { beating } from './heartbeats.ts';
import { traced } from './traced.ts';

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

/** The workers of all queues: the lifecycle's with its workflows, the emails' with their caps. */
export async function createWorkers({ deps, config, bundlePath, onWaiting }: WorkersOptions): Promise<Workers> {
  const connection = await connectPatiently(config.TEMPORAL_ADDRESS, onWaiting);
  const faultPoint = faultPoints(config.PERENNIAL_FAULTS);
  const { mailActivities, sendAtOnce, finish } = mailOf(deps, config);
  const jobActivities = createJobActivities({ ...sendingOf(deps, config), faultPoint });
  const shared = {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    shutdownGraceTime: config.SHUTDOWN_GRACE_MS,
    interceptors: { activity: [() => ({ inbound: traced(deps.orm) }), () => ({ inbound: beating })] },
  };
  const lifecycle = await Worker.create({
    ...shared,
    taskQueue: LIFECYCLE_QUEUE,
    workflowBundle: { codePath: bundlePath },
    activities: {
      ...createPurchaseActivities({ ...deps, faultPoint, sendAtOnce }),
      ...createClockActivities(deps),
      ...mailActivities,
      ...jobActivities,
    },
    maxCachedWorkflows: config.WORKER_MAX_CACHED,
  });
  const ofEmails = { ...shared, ...capped(EMAIL_QUEUE, config, SHARE), activities: mailActivities };
  const sending = { ...jobActivities, workOnJob: givingBack(jobActivities.workOnJob) };
  const ofJobs = { ...shared, ...capped(BULK_EMAIL_QUEUE, config, BULK_SHARE), activities: sending };
  const workers = [lifecycle, await Worker.create(ofEmails), await Worker.create(ofJobs)];
  return {
    async run() {
      await Promise.all(workers.map((worker) => worker.run()));
      await finish();
      await connection.close();
    },
    shutdown() {
      for (const worker of workers) worker.shutdown();
    },
  };
}

/** A queue with its share of the rate, which Temporal holds over all workers. */
const capped = (taskQueue: string, { RESEND_RATE_PER_SECOND: rate }: WorkersOptions['config'], share: number) => ({
  taskQueue,
  maxTaskQueueActivitiesPerSecond: rate * share,
});

/**
 * Emails that are sent at once, and those that wait on the queue, each have this share of the rate,
 * so that both with their bursts stay below it.
 */
const SHARE = 0.4;
/**
 * A request of a bulk job carries a hundred emails, so the least share is enough: all shares
 * together leave a tenth of the rate free.
 */
const BULK_SHARE = 0.1;

/**
 * Both ways in which an email goes out: a try of the same email by the one is also that of the
 * other.
 */
function mailOf(deps: WorkerDeps, config: WorkersOptions['config']) {
  const { orm, gateway: stripe, wakes } = deps;
  const send = createSendEmail({ ...sendingOf(deps, config), stripe });
  const atOnce = createSendAtOnce({ orm, wakes, send, perSecond: config.RESEND_RATE_PER_SECOND * SHARE });
  return { mailActivities: createMailActivities(orm, send, atOnce.tryEmail), ...atOnce };
}

/** What whoever hands emails to the provider needs. */
const sendingOf = ({ orm, mailer }: WorkerDeps, config: WorkersOptions['config']) => ({
  orm,
  mailer,
  publicUrl: config.PUBLIC_URL,
  secretKey: config.SECRET_KEY,
  mailFrom: config.MAIL_FROM,
  now: () => new Date().toISOString(),
});

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
