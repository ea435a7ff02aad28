import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Offer } from '../entities/offer.ts';
import { comingChange } from './coming-change.ts';
import { entitledNow, givingsOf, type Giving } from './entitlements.ts';
import { lockQuota, quotaUses } from './quota-uses.ts';
import { planChanges, upgradeFor } from './upgrades.ts';

/** Why an account cannot make another one [R18.2]. */
export type QuotaRefusal =
  | { code: 'quota_reached'; quota: string; limit: number; used: number; upgrade: Offer | null; isPlanned: boolean }
  /** Its plan has ended. */
  | { code: 'no_plan'; quota: string };

/**
 * Asks for one more of what a quota counts, before it is made in the same transaction; null = there
 * is room, which nobody else can take meanwhile.
 */
export async function takeOfQuota(em: Scoped, quota: string): Promise<QuotaRefusal | null> {
  const accountId = accountIdOf(em);
  const givings = await givingsOf(em, accountId);
  const { plan, quotas } = entitledNow(givings);
  if (plan === 'none') return null;
  if (plan === 'ended') return { code: 'no_plan', quota };
  const now = quotas[quota];
  const then = await limitThen(em, accountId, givings, quota);
  const limit = Math.min(now ?? Infinity, then ?? Infinity);
  if (limit === Infinity) return null;
  await lockQuota(em, accountId, quota);
  const used = (await quotaUses(em, accountId))[quota] ?? 0;
  if (used < limit) return null;
  const isPlanned = limit !== now;
  const upgrade = isPlanned ? null : upgradeFor(await planChanges(em, accountId), quota, used + 1);
  return { code: 'quota_reached', quota, limit, used, upgrade, isPlanned };
}

/** Nobody makes what the plan that is scheduled already would have no room for [R18.2]. */
async function limitThen(em: Scoped, accountId: string, givings: readonly Giving[], quota: string) {
  const coming = await comingChange(em, accountId);
  return coming?.kind === 'scheduled' ? entitledNow(givings, coming).quotas[quota] : undefined;
}
