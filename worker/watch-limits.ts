import { limitedAccounts, watchLimits } from '../db/platform/limit-notices.ts';
import { fromMs } from '../workflows/domain/instant.ts';
import type { WorkerDeps } from './deps.ts';

/** Looks how full each account's plan is, and has what is told of it sent [R17.3]. */
export async function watchAllLimits({ orm, wakes }: Pick<WorkerDeps, 'orm' | 'wakes'>): Promise<null> {
  const em = orm.em.fork();
  for (const accountId of await limitedAccounts(em)) {
    const emailIds = await watchLimits(em.fork(), accountId, fromMs(Date.now()));
    for (const emailId of emailIds) await wakes.startMail(emailId);
  }
  return null;
}
