import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';
import { faultPoints } from '../activities/fault-points.ts';
import { readConfigOrExit } from '../config.ts';
import { log, startLog } from '../log.ts';
import { releaseStartMemory } from '../memory.ts';
import { startTracing } from '../tracing/start.ts';
import { openDeps } from './deps.ts';
import { serveHealth } from './health.ts';
import { keepJobs } from './jobs.ts';
import { keepDeleting } from './keep-deleting.ts';
import { lagMetrics } from './lag-metrics.ts';
import { learnOwnAccount, resealKeys } from './own-account.ts';
import { keepSweeping } from './sweep.ts';
import { createWorkers } from './workers.ts';

const config = readConfigOrExit('worker');
startLog({ process: 'worker', level: config.LOG_LEVEL });
Runtime.install({ logger: new DefaultLogger('WARN', toLog) });
const tracing = await startTracing('worker', config);
const deps = await openDeps(config);
const { HOST: host, WORKER_PORT: port, WORKER_METRICS_PORT: metricsPort } = config;
const health = await serveHealth({ host, port, metricsPort, beforeScrape: lagMetrics(deps) });
const bundlePath = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
const workers = await createWorkers({ deps, config, bundlePath, onWaiting: (reason) => health.waitsFor(reason) });
const sweeping = keepSweeping(deps);
const deleting = keepDeleting(deps);
void learnOwnAccount(deps);
void resealKeys(deps);
const jobs = keepJobs({ ...deps, faultPoint: faultPoints(config.PERENNIAL_FAULTS) });
const stop = (): void => workers.shutdown();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
health.waitsFor(null);
log.info('worker.started');
releaseStartMemory();
await workers.run();
await Promise.all([sweeping.stop(), jobs.stop(), deleting.stop()]);
await health.close();
await deps.close();
await tracing.stop();
log.info('worker.stopped');

/**
 * What Temporal's SDK has to say, as lines of our own log; its errors carry workflow and activity
 * ids.
 */
function toLog({ level, message, meta }: LogEntry): void {
  // The email worker has none on purpose.
  if (message.startsWith('No workflows registered')) return;
  const { error, workflowId, activityType, attempt } = meta ?? {};
  log[level === 'ERROR' ? 'error' : 'warn'](
    { error: error as unknown, workflowId, activityType, attempt, message },
    'temporal.said',
  );
}
