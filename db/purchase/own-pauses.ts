import type { Scoped } from '../account-scope.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import { query, sql } from '../sql.ts';

/** How often its customer has paused a purchase in the 365 days up to now [R7.5]. */
export async function countOwnPauses(em: Scoped, purchaseId: string, now: Instant): Promise<number> {
  const [row] = await query<{ count: number }>(
    em,
    sql`select count(*)::int as count from timeline
      where purchase_id = ${purchaseId} and type = 'purchase.paused' and actor ->> 'kind' = 'customer' and at > ${addDays(now, -365)}`,
  );
  return row?.count ?? 0;
}
