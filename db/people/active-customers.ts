import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { query, sql } from '../sql.ts';

/** How many customers of an account are active at an instant, exactly [R17.2]. */
export async function activeCustomers(em: EntityManager, accountId: string, now: Instant): Promise<number> {
  const [row] = await query<{ count: string }>(
    em,
    sql`select count(*) as count from contact_activity
      where account_id = ${accountId} and is_customer and active_until > ${now}`,
  );
  return Number(row?.count ?? 0);
}
