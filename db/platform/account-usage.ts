import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import { AccountUsage } from '../entities/account-usage.ts';
import { toInstant } from '../instants.ts';
import { activeCustomers } from '../people/active-customers.ts';
import { query, run, sql } from '../sql.ts';
import { entitlementsOf } from './entitlements.ts';

/** `limit`: what the account's plan allows; null = there is no limit. */
export type Usage = { activeCustomers: number; limit: number | null };

export async function usageAt(em: EntityManager, accountId: string, now: Instant): Promise<Usage> {
  const { quotas } = await entitlementsOf(em, accountId);
  return { activeCustomers: await activeCustomers(em, accountId, now), limit: quotas.activeCustomers ?? null };
}

const NOW = sql`coalesce(a.clock_target, a.clock_at, now())`;
const TODAY = sql`(${NOW} at time zone a.time_zone)::date`;

/** Accounts with people who do something and no figure of today, each by its own clock. */
export async function accountsWithoutUsage(em: EntityManager): Promise<{ accountId: string; now: Instant }[]> {
  const rows = await query<{ accountId: string; now: string }>(
    em,
    sql`select a.id as "accountId", ${NOW} as now from accounts a
      where exists (select from contact_activity c where c.account_id = a.id)
        and not exists (select from account_usage u where u.account_id = a.id and u.day = ${TODAY})`,
  );
  return rows.map(({ accountId, now }) => ({ accountId, now: toInstant(now) }));
}

/** Keeps today's figure, once. */
export async function keepUsage(em: EntityManager, accountId: string, now: Instant): Promise<void> {
  const used = await usageAt(em, accountId, now);
  await run(
    em,
    sql`insert into account_usage (account_id, day, at, active_customers, active_limit)
      select a.id, (${now}::timestamptz at time zone a.time_zone)::date, ${now}, ${used.activeCustomers}, ${used.limit}
      from accounts a where a.id = ${accountId} on conflict (account_id, day) do nothing`,
  );
}

/** The figures of some days, both of them included, the oldest first. */
export const usageOfDays = (em: Scoped, { from, to }: { from: string; to: string }): Promise<AccountUsage[]> =>
  em.find(AccountUsage, { day: { $gte: from, $lte: to } }, { orderBy: { day: 'asc' } });
