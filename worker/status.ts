import { HANDLED_EVENTS } from '../activities/gateways/stripe.ts';
import { countAlive, overduePurchases, someAlive } from '../db/purchase/alive.ts';
import { kindsWithoutWebhook, type KindsWithoutWebhook } from '../db/inbox/event-types.ts';
import { status as statusInPostgres, type Status } from '../db/jobs/status.ts';
import type { WorkerDeps } from './deps.ts';

type StatusDeps = Pick<WorkerDeps, 'orm' | 'wakes' | 'runs'>;

/**
 * `notRunning`: exact for up to 100 purchases, else what Temporal's index says at the least;
 * `notRunningIds` names some.
 */
type Running = { mustRun: number; running: number; notRunning: number; notRunningIds: string[] };

/** Purchases that are asked about one by one. */
const SAMPLE = 100;
const NAMED = 10;

/**
 * What is open, stuck or waiting, and whether Temporal runs what Postgres says has to run; null
 * while Temporal cannot be asked.
 */
export async function status(
  deps: StatusDeps,
): Promise<Status & { temporal: string; workflows: Running | null; webhooks: KindsWithoutWebhook }> {
  const isReachable = await deps.wakes.isReachable();
  return {
    temporal: isReachable ? 'reachable' : 'unreachable',
    ...(await statusInPostgres(deps.orm.em.fork())),
    workflows: isReachable ? await runningOf(deps) : null,
    webhooks: await kindsWithoutWebhook(deps.orm.em.fork(), HANDLED_EVENTS),
  };
}

async function runningOf({ orm, runs }: StatusDeps): Promise<Running> {
  const em = orm.em.fork();
  const [mustRun, running] = [await countAlive(em), await runs.count()];
  const sample = [...(await overduePurchases(em, SAMPLE)), ...(await someAlive(em, SAMPLE))];
  const missing = await runs.missing([...new Set(sample)]);
  const notRunning = mustRun <= SAMPLE ? missing.length : Math.max(missing.length, mustRun - running);
  return { mustRun, running, notRunning, notRunningIds: missing.slice(0, NAMED) };
}
