import type { EntityManager } from '@mikro-orm/postgresql';
import type { Checkout } from '../entities/checkout.ts';
import { tellBoth } from '../platform/audit-log.ts';
import { askerOf } from '../asker.ts';

/** What visitors begin is kept as their checkout, and told by nobody. */
export async function tellBegun(
  tx: EntityManager,
  { id, accountId, offerId, contactId, purchaseId }: Checkout,
): Promise<void> {
  if (!askerOf(tx)?.actor) return;
  const after = { offerId, contactId, purchaseId };
  await tellBoth(tx, { kind: 'checkout.begun', accountId, subjectId: id, after });
}
