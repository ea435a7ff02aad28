import type { EntityManager } from '@mikro-orm/postgresql';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import { query, sql } from '../sql.ts';
import type { Instead } from './entitlements.ts';

/**
 * What an account's purchases are to become: a scheduled change of its plan, or the removal that it
 * has asked for; null = nothing is coming.
 */
export async function comingChange(em: EntityManager, accountId: string): Promise<Instead | null> {
  const [coming] = await query<{ id: string; terms: OfferTerms | null }>(
    em,
    sql`select id, snapshot #> '{billing,pendingChange,terms}' as terms from purchases
      where holder_id = ${accountId} and for_account_id is not null and is_live and entitlement is not null
        and (snapshot #>> '{billing,pendingChange,at}' is not null or snapshot #>> '{cancellationRequest,id}' is not null)
      order by snapshot #> '{billing,pendingChange,terms}' is null limit 1`,
  );
  return coming ? { purchaseId: coming.id, entitlement: coming.terms && entitlementOf(coming.terms) } : null;
}
