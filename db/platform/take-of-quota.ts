import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Offer } from '../entities/offer.ts';
import { entitlementsOf } from './entitlements.ts';
import { lockQuota, quotaUses } from './quota-uses.ts';
import { planChanges, upgradeFor } from './upgrades.ts';

/** Why an account cannot make another one [R18.2]. */
export type QuotaRefusal =
  | { code: 'quota_reached'; quota: string; limit: number; used: number; upgrade: Offer | null }
  /** Its plan has ended. */
  | { code: 'no_plan'; quota: string };

/**
 * Asks for one more of what a quota counts, before it is made in the same transaction; null = there
 * is room, which nobody else can take meanwhile.
 */
export async function takeOfQuota(em: Scoped, quota: string): Promise<QuotaRefusal | null> {
  const accountId = accountIdOf(em);
  const { plan, quotas } = await entitlementsOf(em, accountId);
  if (plan === 'none') return null;
  if (plan === 'ended') return { code: 'no_plan', quota };
  const limit = quotas[quota];
  if (limit === undefined) return null;
  await lockQuota(em, accountId, quota);
  const used = (await quotaUses(em, accountId))[quota] ?? 0;
  if (used < limit) return null;
  const upgrade = upgradeFor(await planChanges(em, accountId), quota, used + 1);
  return { code: 'quota_reached', quota, limit, used, upgrade };
}
