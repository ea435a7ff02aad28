import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import type { Claim } from '../purchase/claim-purchase.ts';
import { query, sql } from '../sql.ts';

/** Where a purchase stood when it was judged that its open rows say nothing new. */
export type Judged = {
  purchaseId: string;
  epoch: number;
  revision: number;
  rowIds: readonly string[];
  /** Up to when Stripe was heard with them. */
  heardAt: Instant | null;
  now: Instant;
};

/** What was recorded of a purchase last; null where there is no such purchase. */
export async function readRecorded(em: EntityManager, purchaseId: string): Promise<Claim | null> {
  const [row] = await query<{ snapshot: object; epoch: number; revision: number }>(
    em,
    sql`select snapshot, epoch, revision from purchases where id = ${purchaseId}`,
  );
  return row ? { state: liftSnapshot(row.snapshot), epoch: row.epoch, revision: row.revision } : null;
}

/**
 * Ends rows that say nothing new, and keeps up to when Stripe was heard: if nothing of the purchase
 * has moved since, and nothing else is open. A record is fenced by that mark as well. Returns
 * whether they have ended.
 */
export async function endHeard(em: EntityManager, judged: Judged): Promise<boolean> {
  const { purchaseId, epoch, revision, rowIds, heardAt, now } = judged;
  const ended = await query(
    em,
    sql`with quiet as (
       update purchases set heard_at = greatest(heard_at, ${heardAt}::timestamptz)
       where id = ${purchaseId} and epoch = ${epoch} and revision = ${revision} and not has_pending
         and not exists (select from inbox where subject_id = ${purchaseId} and state = 'open' and id <> all(${rowIds}::uuid[]))
       returning id
     )
     update inbox set state = 'no_change', answer = '{"refusal": null, "effects": null}', done_at = ${now}
     from quiet where subject_id = quiet.id and inbox.id = any(${rowIds}::uuid[]) and inbox.state = 'open' returning inbox.id`,
  );
  return ended.length > 0;
}
