import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { query, sql } from '../sql.ts';

/** A purchase as its one run holds it: nobody else may record while `epoch` is the newest. */
export type Claim = { state: PurchaseState; epoch: number; revision: number; heardAt?: Instant | null };

/** Takes the purchase over from any earlier run; null where there is no such purchase. */
export async function claimPurchase(em: EntityManager, purchaseId: string): Promise<Claim | null> {
  const [row] = await query<{ snapshot: object; epoch: number; revision: number }>(
    em,
    sql`update purchases set epoch = epoch + 1 where id = ${purchaseId} returning snapshot, epoch, revision`,
  );
  return row ? { state: liftSnapshot(row.snapshot), epoch: row.epoch, revision: row.revision } : null;
}
