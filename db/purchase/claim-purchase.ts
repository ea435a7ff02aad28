import type { EntityManager } from '@mikro-orm/postgresql';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';

/** A purchase as its one run holds it: nobody else may record while `epoch` is the newest. */
export type Claim = { state: PurchaseState; epoch: number; revision: number };

/** Takes the purchase over from any earlier run; null where there is no such purchase. */
export async function claimPurchase(em: EntityManager, purchaseId: string): Promise<Claim | null> {
  const [row] = await em.execute<{ snapshot: object; epoch: number; revision: number }[]>(
    'update purchases set epoch = epoch + 1 where id = ? returning snapshot, epoch, revision',
    [purchaseId],
  );
  return row ? { state: liftSnapshot(row.snapshot), epoch: row.epoch, revision: row.revision } : null;
}
