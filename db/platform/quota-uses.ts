import type { EntityManager } from '@mikro-orm/postgresql';
import type { Uses } from '../../workflows/domain/kept-content.ts';
import { query, run, sql } from '../sql.ts';

/** How many an account has of each thing that is counted; what is not named, it has none of. */
export async function quotaUses(em: EntityManager, accountId: string): Promise<Uses> {
  const rows = await query<{ quota: string; used: number }>(
    em,
    sql`select quota, used from quota_uses where account_id = ${accountId}
      union all select 'contacts', coalesce(sum(contacts), 0)::int from contact_counts where account_id = ${accountId}`,
  );
  const uses: Uses = {};
  for (const { quota, used } of rows) uses[quota] = (uses[quota] ?? 0) + used;
  return uses;
}

/** Nobody else takes of the quota until the transaction ends; what is counted then holds. */
export async function lockQuota(em: EntityManager, accountId: string, quota: string): Promise<void> {
  await run(
    em,
    sql`insert into quota_uses as u (account_id, quota, used) values (${accountId}, ${quota}, 0)
      on conflict (account_id, quota) do update set used = u.used`,
  );
}
