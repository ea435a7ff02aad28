import { reconcile, startDueRuns } from '../../worker/reconcile.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import type { Town } from './a-town.ts';

/** Without pauses: a second look makes a difference of what the first one has found. */
export const FAST = { perSecond: 10_000, apartMs: 0, forMs: 60_000 };

/** As the worker compares with Stripe once a day. */
export async function compareNow({ deps }: Pick<Town, 'deps'>): Promise<void> {
  await startDueRuns(deps, fromMs(Date.now()));
  await reconcile(deps, FAST);
}
