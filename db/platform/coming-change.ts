import type { EntityManager } from '@mikro-orm/postgresql';
import type { OfferTerms } from '../../workflows/domain/offer.ts';
import { entitlementOf } from '../../workflows/domain/quotas.ts';
import { query, sql } from '../sql.ts';
import type { Instead } from './entitlements.ts';

/**
 * `scheduled`: it comes with the end of the period. `held`: it waits until it is confirmed what
 * stays. `removal`: the account has asked for it.
 */
export type ComingChange = Instead & { kind: 'scheduled' | 'held' | 'removal' };

type Row = { id: string; held: OfferTerms | null; scheduled: OfferTerms | null };

/** What an account's purchases are to become, its plan before its add-on; null = they stay. */
export async function comingChange(em: EntityManager, accountId: string): Promise<ComingChange | null> {
  const rows = await query<Row>(
    em,
    sql`select id, snapshot #> '{billing,heldChange,terms}' as held, snapshot #> '{billing,pendingChange,terms}' as scheduled
      from purchases
      where holder_id = ${accountId} and for_account_id is not null and is_live and entitlement is not null
        and (snapshot #>> '{billing,heldChange,at}' is not null or snapshot #>> '{billing,pendingChange,at}' is not null
          or snapshot #>> '{cancellationRequest,id}' is not null)`,
  );
  const row = rows.find(({ held, scheduled }) => held ?? scheduled) ?? rows[0];
  if (!row) return null;
  const { id: purchaseId, held, scheduled } = row;
  if (held) return { kind: 'held', purchaseId, entitlement: entitlementOf(held) };
  if (scheduled) return { kind: 'scheduled', purchaseId, entitlement: entitlementOf(scheduled) };
  return { kind: 'removal', purchaseId, entitlement: null };
}
