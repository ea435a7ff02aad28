import type { Runs } from '../activities/gateways/runs.ts';
import type { Wakes } from '../activities/gateways/temporal.ts';
import { everythingAlive } from '../db/jobs/sweep.ts';
import { log } from '../log.ts';
import { sweep, type SweepDeps } from './sweep.ts';

const AT_ONCE = 16;

/**
 * Wakes every purchase of which something is due, pending or open, and starts what is queued: what
 * a lost Temporal store has to be told again [R24.2]. Safe at any time.
 * @throws when Temporal cannot be reached, since then nobody would hear it
 */
export async function revive(deps: SweepDeps): Promise<{ revived: number }> {
  await mustBeReachable(deps.wakes, 'nothing was revived');
  const purchaseIds = await everythingAlive(deps.orm.em.fork());
  await wakeAll(deps.wakes, purchaseIds, 'revive');
  await sweep(deps);
  await mustBeReachable(deps.wakes, 'not all was revived');
  return { revived: purchaseIds.length };
}

/**
 * Revives once for each store that Temporal has: after a loss, or a move to another cluster,
 * nothing of ours is known there.
 * @returns the id of the store that knows everything from here on
 */
export async function reviveInNewStore(
  deps: SweepDeps & { runs: Pick<Runs, 'storeId'> },
  known: string | null,
): Promise<string> {
  const storeId = await deps.runs.storeId();
  if (storeId === known) return known;
  const { revived } = await revive(deps);
  const facts = { storeId, known, revived };
  // The first store of all has lost nothing.
  if (known === null) log.info(facts, 'temporal.first_store');
  else log.warn(facts, 'temporal.new_store');
  return storeId;
}

export async function wakeAll(wakes: Pick<Wakes, 'wake'>, purchaseIds: string[], kind: string): Promise<void> {
  for (let first = 0; first < purchaseIds.length; first += AT_ONCE) {
    const some = purchaseIds.slice(first, first + AT_ONCE);
    await Promise.all(some.map((purchaseId) => wakes.wake(purchaseId, { kind, rowId: null })));
  }
}

async function mustBeReachable(wakes: Wakes, otherwise: string): Promise<void> {
  if (!(await wakes.isReachable())) throw new Error(`Temporal cannot be reached: ${otherwise}`);
}
