import type { EntityManager } from '@mikro-orm/postgresql';
import { excessOf, keptState, namedOf } from '../../workflows/domain/kept-content.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Quotas } from '../../workflows/domain/quotas.ts';
import { KeptContent } from '../entities/kept-content.ts';
import { query, run, sql } from '../sql.ts';
import { entitlementsOf } from './entitlements.ts';
import { lockQuota, quotaUses } from './quota-uses.ts';

/**
 * Brings an account's content in line with what it is entitled to, in the transaction in which that
 * has changed: what was archived comes back as far as there is room, and what is too much is
 * archived if the account's list is confirmed. Else it stays, and no more can be made [R20.1]. An
 * account whose plan has ended keeps everything [R18.2].
 */
export async function followEntitlements(tx: EntityManager, accountId: string, at: Instant): Promise<void> {
  const { plan, quotas } = await entitlementsOf(tx, accountId);
  if (plan !== 'live') return;
  await restoreArchived(tx, accountId, quotas);
  const excess = excessOf(quotas, await quotaUses(tx, accountId));
  const kept = await tx.findOne(KeptContent, { accountId }, { refresh: true });
  if (kept && keptState(excess, kept) === 'confirmed') {
    for (const { quota } of excess)
      await archiveAllBut(tx, { accountId, quota, keptIds: namedOf(quota, kept.items), at });
    await tx.nativeUpdate(KeptContent, { accountId }, { usedAt: at });
  }
}

type Archiving = { accountId: string; quota: string; keptIds: string[]; at: Instant };

/** Archives all that counts for a quota but what is kept; nothing is deleted. */
async function archiveAllBut(tx: EntityManager, { accountId, quota, keptIds, at }: Archiving): Promise<void> {
  await lockQuota(tx, accountId, quota);
  await run(
    tx,
    quota === 'products'
      ? sql`update products set archived_at = ${at}, archived_by_quota = true
          where account_id = ${accountId} and archived_at is null and id::text <> all(${keptIds})`
      : sql`update content set archived_at = ${at}
          where account_id = ${accountId} and kind || 's' = ${quota} and archived_at is null and key <> all(${keptIds})`,
  );
}

/** Brings back what a quota has archived, what was archived last first, as far as there is room. */
async function restoreArchived(tx: EntityManager, accountId: string, quotas: Quotas): Promise<void> {
  const archived = await query<{ quota: string }>(
    tx,
    sql`select distinct kind || 's' as quota from content where account_id = ${accountId} and archived_at is not null
      union select 'products' from products where account_id = ${accountId} and archived_by_quota
      order by quota`,
  );
  for (const { quota } of archived) {
    await lockQuota(tx, accountId, quota);
    const used = (await quotaUses(tx, accountId))[quota] ?? 0;
    const room = quota in quotas ? Math.max(0, (quotas[quota] ?? 0) - used) : NO_LIMIT;
    await run(tx, quota === 'products' ? restoreProducts(accountId, room) : restoreContent(accountId, quota, room));
  }
}

/** More than an account has of anything. */
const NO_LIMIT = 2_147_483_647;

const restoreProducts = (accountId: string, room: number) => sql`
  update products set archived_at = null, archived_by_quota = false where id in (
    select id from products where account_id = ${accountId} and archived_by_quota
    order by archived_at desc, created_at, id limit ${room})`;

const restoreContent = (accountId: string, quota: string, room: number) => sql`
  update content set archived_at = null where id in (
    select id from content where account_id = ${accountId} and kind || 's' = ${quota} and archived_at is not null
    order by archived_at desc, created_at, id limit ${room})`;
