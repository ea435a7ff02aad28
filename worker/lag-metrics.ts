import { Gauge } from 'prom-client';
import { JOB_LIMIT, LAG_LIMITS, LAG_NAMES, readLags } from '../db/jobs/lags.ts';
import type { WorkerDeps } from './deps.ts';
import { log } from '../log.ts';

const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
  new Gauge({ name: `perennial_${name}`, help, labelNames });

/**
 * What Prometheus is told of how far behind the service is, read from Postgres each time it asks:
 * every worker says the same. Returns what is to be done before it is answered.
 */
export function lagMetrics({ orm, wakes }: Pick<WorkerDeps, 'orm' | 'wakes'>): () => Promise<void> {
  const lag = gauge('lag_seconds', 'For how long the first of what waits has waited', ['of']);
  const waiting = gauge('waiting', 'How many wait', ['of']);
  const limit = gauge('lag_limit_seconds', 'From when on a lag is to be looked at', ['of']);
  const jobLag = gauge('job_lag_seconds', 'How late a job of the workers is', ['name']);
  const jobLimit = gauge('job_lag_limit_seconds', 'From when on a late job is to be looked at');
  const postgres = gauge('postgres_up', 'Whether Postgres answers');
  const temporal = gauge('temporal_up', 'Whether Temporal answers');
  for (const name of LAG_NAMES) limit.set({ of: name }, LAG_LIMITS[name]);
  jobLimit.set(JOB_LIMIT);

  async function readPostgres(): Promise<void> {
    const { lags, jobs } = await readLags(orm.em.fork());
    for (const { name, seconds, waiting: count } of lags) {
      lag.set({ of: name }, seconds);
      if (count !== null) waiting.set({ of: name }, count);
    }
    jobLag.reset();
    for (const { name, seconds } of jobs) jobLag.set({ name }, seconds);
  }

  /** What is not known is not told: an old figure would look like a good one. */
  function forget(error: unknown): void {
    log.warn({ error }, 'metrics.not_read');
    for (const one of [lag, waiting, jobLag]) one.reset();
  }

  return async () => {
    const [isRead, isReachable] = await Promise.all([
      readPostgres().then(
        () => true,
        (error: unknown) => (forget(error), false),
      ),
      wakes.isReachable(),
    ]);
    postgres.set(isRead ? 1 : 0);
    temporal.set(isReachable ? 1 : 0);
  };
}
