import type { Scoped } from '../../db/account-scope.ts';
import { takeOfQuota, type QuotaRefusal } from '../../db/platform/take-of-quota.ts';
import { Problem } from '../http/problem.ts';

/** Before one more of what a quota counts is made. @throws Problem 409 without room for it */
export async function checkQuota(em: Scoped, quota: string): Promise<void> {
  const refusal = await takeOfQuota(em, quota);
  if (refusal) throw refused(refusal);
}

function refused(refusal: QuotaRefusal): Problem {
  switch (refusal.code) {
    case 'no_plan':
      return new Problem(409, 'no_plan', {
        detail: 'The plan has ended. All that is there stays; choose a plan to make more.',
        quota: refusal.quota,
      });
    case 'quota_reached': {
      const { quota, limit, used, upgrade } = refusal;
      return new Problem(409, 'quota_reached', {
        detail: inWords(refusal),
        quota,
        limit,
        used,
        upgrade: upgrade && { id: upgrade.id, name: upgrade.name },
      });
    }
  }
}

type Reached = Extract<QuotaRefusal, { code: 'quota_reached' }>;

function inWords({ quota, limit, used, upgrade, isPlanned }: Reached): string {
  if (isPlanned)
    return `A change of the plan is planned, which has room for ${limit} ${quota}; ${used} are used. Undo it to make more.`;
  const more = upgrade ? `“${upgrade.name}” has room for more.` : 'No plan has room for more.';
  return `The plan has room for ${limit} ${quota}, and ${used} are used. ${more}`;
}
