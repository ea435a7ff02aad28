import type { EntityManager } from '@mikro-orm/postgresql';
import type { DifferenceCause } from '../entities/difference-row.ts';
import { query, sql } from '../sql.ts';

/** What of Stripe's that was heard of a purchase came to nothing; null = nothing that is known. */
export async function causeOf(em: EntityManager, purchaseId: string): Promise<DifferenceCause | null> {
  const [row] = await query<{ has_failed: boolean; is_unmatched: boolean }>(
    em,
    sql`select exists (select from inbox where subject_id = ${purchaseId} and class = 'fact' and state = 'failed') as has_failed,
      exists (select from inbox where points_at = ${purchaseId} and state = 'unmatched') as is_unmatched`,
  );
  if (row?.has_failed) return 'event_failed';
  return row?.is_unmatched ? 'event_unmatched' : null;
}
