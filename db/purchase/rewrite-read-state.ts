import type { EntityManager } from '@mikro-orm/postgresql';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { toInstant } from '../instants.ts';
import { LOWEST_ID } from '../page.ts';
import { query, sql, type Sql } from '../sql.ts';
import { advancing, asParts, readStateParts } from './write-read-state.ts';

const MOST = 200;

type Stored = { id: string; revision: number; snapshot: object; stuck_reason: string | null; now: Date };

/** `skipped`: recorded anew meanwhile, which derives everything as well. */
export type Rewritten = { rewritten: number; skipped: number };

/**
 * Derives all that is read of each purchase from its snapshot once more: its columns, access per
 * product, payments and refunds. One statement for each purchase, and only while it stands where it
 * was read, so that running workers are neither held up nor overwritten.
 */
export async function rewriteReadState(em: EntityManager): Promise<Rewritten> {
  const total: Rewritten = { rewritten: 0, skipped: 0 };
  for (let after = LOWEST_ID; ;) {
    const some: Stored[] = await query<Stored>(em, stored(sql`p.id > ${after} order by p.id limit ${sql.lit(MOST)}`));
    for (const stored of some) total[(await rewriteOne(em, stored)) ? 'rewritten' : 'skipped'] += 1;
    if (some.length < MOST) return total;
    after = some.at(-1)!.id;
  }
}

/** The same for one purchase. */
export async function rewritePurchase(em: EntityManager, purchaseId: string): Promise<void> {
  for (const one of await query<Stored>(em, stored(sql`p.id = ${purchaseId}`))) await rewriteOne(em, one);
}

const stored = (which: Sql): Sql => sql`
  select p.id, p.revision, p.snapshot, p.stuck_reason, coalesce(a.clock_step, a.clock_at, now()) as now
  from purchases p join accounts a on a.id = p.account_id where p.revision > 0 and ${which}`;

async function rewriteOne(em: EntityManager, { snapshot, revision, ...rest }: Stored): Promise<boolean> {
  const state: PurchaseState = liftSnapshot(snapshot);
  const now = toInstant(rest.now);
  const stuckReason = state.pending ? rest.stuck_reason : null;
  const read = { state, now, stuckReason, revision, payments: state.payments };
  const rewritten = await query(
    em,
    sql`with advanced as (${advancing([read], sql`p.revision = r.revision`)})${asParts(readStateParts([read]))}
     select id from advanced`,
  );
  return rewritten.length === 1;
}
