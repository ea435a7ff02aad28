import { Admin } from '../db/entities/admin.ts';
import { hasSecondFactor } from '../db/people/second-factors.ts';
import { resetSecondFactor } from '../db/people/reset-second-factor.ts';
import { bindAsker, BY_HAND } from '../db/asker.ts';
import { SYSTEM } from '../workflows/domain/verb.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * For an owner or operator who has lost every factor, and whom nobody else can help: at each
 * account where the address signs in. It is recorded, and mailed to them.
 */
export async function resetLostFactor(
  { orm, wakes }: Pick<WorkerDeps, 'orm' | 'wakes'>,
  given: string,
): Promise<{ reset: number }> {
  const em = orm.em.fork();
  bindAsker(em, BY_HAND);
  const admins = await em.find(Admin, { email: given.trim().toLowerCase(), removedAt: null });
  let reset = 0;
  for (const admin of admins) {
    if (!(await hasSecondFactor(em, admin.id))) continue;
    const by = { actor: SYSTEM, reason: 'By whoever keeps the service running' };
    const emailId = await em.transactional((tx) => resetSecondFactor(tx, admin, by));
    if (emailId) await wakes.startMail(emailId);
    reset += 1;
  }
  return { reset };
}
