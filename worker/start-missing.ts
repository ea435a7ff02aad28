import { alivePurchases, overduePurchases } from '../db/purchase/alive.ts';
import { log } from '../log.ts';
import type { WorkerDeps } from './deps.ts';
import { wakeAll } from './revive.ts';

type MissingDeps = Pick<WorkerDeps, 'orm' | 'wakes' | 'runs'>;

/**
 * Most purchases of each kind that are asked about at once; Temporal's histories stand more, and
 * work comes first.
 */
const MOST = 300;

/**
 * Starts purchases whose workflow was ended by hand, or lost: those that are overdue at once, all
 * others as their turn comes, so many at a time.
 * @returns where the next ones begin; null = at the first again
 */
export async function startMissing(deps: MissingDeps, after: string | null, most = MOST): Promise<string | null> {
  const em = deps.orm.em.fork();
  const next = await alivePurchases(em, after, most);
  const overdue = await overduePurchases(em, most);
  const missing = await deps.runs.missing([...new Set([...overdue, ...next])]);
  await wakeAll(deps.wakes, missing, 'missing');
  if (missing.length > 0) log.warn({ started: missing.length, purchaseIds: missing.slice(0, 20) }, 'runs.missing');
  return next.length < most ? null : (next.at(-1) ?? null);
}
