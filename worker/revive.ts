import { everythingAlive } from '../db/sweep.ts';
import { sweep, type SweepDeps } from './sweep.ts';

/**
 * Wakes every purchase of which something is due, pending or open, and starts what is queued: what a lost Temporal store has to be told again
 * [R24.2]. Safe at any time.
 * @throws when Temporal cannot be reached, since then nobody would hear it
 */
export async function revive(deps: SweepDeps): Promise<{ revived: number }> {
  if (!(await deps.poker.isReachable())) throw new Error('Temporal cannot be reached: nothing was revived');
  const purchaseIds = await everythingAlive(deps.orm.em.fork());
  for (const purchaseId of purchaseIds) await deps.poker.wake(purchaseId, { kind: 'revive', rowId: null });
  await sweep(deps);
  return { revived: purchaseIds.length };
}
