import { accountsWithoutUsage, keepUsage } from '../db/platform/account-usage.ts';
import type { WorkerDeps } from './deps.ts';

/** Keeps how many active customers each account has, once on each of its days [R17.2]. */
export async function keepUsageOfAll({ orm }: Pick<WorkerDeps, 'orm'>): Promise<null> {
  for (const { accountId, now } of await accountsWithoutUsage(orm.em.fork()))
    await keepUsage(orm.em.fork(), accountId, now);
  return null;
}
