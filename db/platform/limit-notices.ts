import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import { levelsOf, SOFT_QUOTAS, type LimitLevel, type SoftQuota } from '../../workflows/domain/limits.ts';
import type { Uses } from '../../workflows/domain/kept-content.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Unscoped } from '../account-scope.ts';
import { nowOf } from '../clock/account-clock.ts';
import { Account } from '../entities/account.ts';
import { LimitNotice } from '../entities/limit-notice.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { activeCustomers } from '../people/active-customers.ts';
import { queueLimitNotice } from '../people/login-links.ts';
import { query, run, sql } from '../sql.ts';
import { entitlementsOf } from './entitlements.ts';
import { quotaUses } from './quota-uses.ts';

/** Accounts that something was ever bought or granted for, a walk through all of them. */
export async function limitedAccounts(em: EntityManager): Promise<string[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select distinct for_account_id as id from purchases
      where for_account_id is not null and entitlement is not null and started_at is not null`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Compares what an account uses with what its plan has, and tells of each crossing once [R17.3]:
 * what falls below again ends, and may be told of anew. Safe to repeat, by any number of workers.
 * Returns the emails that tell the owner, to be sent.
 */
export async function watchLimits(em: EntityManager, accountId: string, now: Instant): Promise<string[]> {
  const [{ quotas }, counted] = [await entitlementsOf(em, accountId), await quotaUses(em, accountId)];
  const theirNow = nowOf(await em.findOneOrFail(Account, { id: accountId }));
  const uses: Uses = { ...counted, activeCustomers: await activeCustomers(em, accountId, theirNow) };
  const emailIds: string[] = [];
  for (const quota of SOFT_QUOTAS) {
    const [used, limit] = [uses[quota] ?? 0, quotas[quota]];
    const reached = limit === undefined ? [] : levelsOf(used, limit);
    await endOthers(em, { accountId, quota, reached, now });
    for (const level of reached) {
      const crossing = { accountId, quota, level, used, limit: limit ?? 0 };
      emailIds.push(...(await em.transactional((tx) => tellOnce(tx, crossing, now))));
    }
  }
  return emailIds;
}

type Reached = { accountId: string; quota: SoftQuota; reached: LimitLevel[]; now: Instant };

const endOthers = (em: EntityManager, { accountId, quota, reached, now }: Reached) =>
  run(
    em,
    sql`update limit_notices set ended_at = ${now}
      where account_id = ${accountId} and quota = ${quota} and ended_at is null and level <> all (${reached}::text[])`,
  );

type Crossing = { accountId: string; quota: SoftQuota; level: LimitLevel; used: number; limit: number };

/** The owner's email; none where this crossing was told of before. */
async function tellOnce(tx: EntityManager, crossing: Crossing, now: Instant): Promise<string[]> {
  const { accountId, quota, level, used, limit } = crossing;
  const [notice] = await query<{ id: string }>(
    tx,
    sql`insert into limit_notices (id, account_id, quota, level, used, quota_limit, created_at)
      values (${uuid()}, ${accountId}, ${quota}, ${level}, ${used}, ${limit}, ${now})
      on conflict (account_id, quota, level) where ended_at is null do nothing returning id`,
  );
  return notice ? queueLimitNotice(tx, notice.id, { quota, level, used, limit }, now) : [];
}

/** Over which limits operators are to speak with owners, the newest first. */
export const listOutreach = (
  em: Unscoped,
  isDone: boolean | undefined,
  page: PageQuery,
): Promise<Page<LimitNotice>> => {
  const done = isDone === undefined ? {} : { doneAt: isDone ? { $ne: null } : null };
  return findPage(em, LimitNotice, { order: NEWEST, where: { level: 'over', ...done } }, page);
};

/** null where there is none that is still to do. */
export async function endOutreach(
  em: Unscoped,
  id: string,
  by: { actor: Actor; note: string | null; at: Instant },
): Promise<LimitNotice | null> {
  const task = await em.findOne(LimitNotice, { id, level: 'over', doneAt: null });
  if (!task) return null;
  Object.assign(task, { doneAt: by.at, doneBy: by.actor, note: by.note });
  await em.flush();
  return task;
}
