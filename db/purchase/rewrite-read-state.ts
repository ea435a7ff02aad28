import type { EntityManager } from '@mikro-orm/postgresql';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { toColumns } from '../columns.ts';
import { toInstant } from '../instants.ts';
import { purchaseRow } from './purchase-row.ts';
import { moneyParts, productsParts } from './write-read-state.ts';

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
  for (let after: string | null = null; ;) {
    const some: Stored[] = await em.execute<Stored[]>(
      `select p.id, p.revision, p.snapshot, p.stuck_reason, coalesce(a.clock_step, a.clock_at, now()) as now
       from purchases p join accounts a on a.id = p.account_id where p.revision > 0 and (?::uuid is null or p.id > ?) order by p.id limit ${MOST}`,
      [after, after],
    );
    for (const stored of some) total[(await rewriteOne(em, stored)) ? 'rewritten' : 'skipped'] += 1;
    if (some.length < MOST) return total;
    after = some.at(-1)!.id;
  }
}

async function rewriteOne(em: EntityManager, stored: Stored): Promise<boolean> {
  const state: PurchaseState = liftSnapshot(stored.snapshot);
  const now = toInstant(stored.now);
  const stuckReason = state.pending ? stored.stuck_reason : null;
  const row = toColumns(purchaseRow({ state, now, stuckReason }));
  const columns = Object.keys(row);
  const read = { state, now, payments: state.payments };
  const parts = [...moneyParts(read), ...productsParts(read)];
  const withParts = parts.map(({ sql }, index) => `, part${index} as (${sql})`).join('');
  const advanced = await em.execute<unknown[]>(
    `with advanced as (update purchases set ${columns.map((column) => `${column} = ?`).join(', ')}
       where id = ? and revision = ? returning id)${withParts} select id from advanced`,
    [...columns.map((column) => row[column]), stored.id, stored.revision, ...parts.flatMap(({ params }) => params)],
  );
  return advanced.length === 1;
}
