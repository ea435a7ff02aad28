import type { EntityManager } from '@mikro-orm/postgresql';
import type { DifferenceKind, Side } from '../../workflows/domain/compare.ts';
import { query, sql, type Sql } from '../sql.ts';
import type { Found } from './differences.ts';

type Row = { account_id: string; purchase_id: string; object_id: string; here: Side | null; there: Side | null };

/** `here`: what we show; `there`: what the rest of our data says. null = all purchases. */
type Standing = (purchaseId: string | null) => Sql;

const of = (purchaseId: string | null, column: Sql): Sql =>
  sql`(${purchaseId}::uuid is null or ${column} = ${purchaseId})`;

/** What must never be, whatever has happened [R22.2]. */
const INVARIANTS = {
  charged_while_paused: (id) => sql`
    select p.account_id, p.id as purchase_id, y.id as object_id, jsonb_build_object('status', 'paused') as here,
      jsonb_build_object('amountMinor', y.amount_minor, 'currency', y.currency) as there
    from purchases p join payments y on y.purchase_id = p.id
    where p.billing_status = 'paused' and y.paid_at > (p.snapshot -> 'billing' -> 'pause' ->> 'since')::timestamptz
      and y.period_start > (p.snapshot -> 'billing' -> 'pause' ->> 'since')::timestamptz and ${of(id, sql`p.id`)}`,
  open_after_end: (id) => sql`
    select p.account_id, p.id as purchase_id, p.id::text as object_id, jsonb_build_object('status', p.access_status) as here,
      jsonb_build_object('status', 'none') as there
    from purchases p where p.billing_status = 'canceled' and p.access_status <> 'none'
      and (p.snapshot -> 'billing' -> 'ended' ->> 'endsAccess')::boolean and ${of(id, sql`p.id`)}`,
  over_refunded: (id) => sql`
    select y.account_id, y.purchase_id, y.id as object_id, jsonb_build_object('amountMinor', y.amount_minor, 'currency', y.currency) as here,
      jsonb_build_object('amountMinor', -sum(r.amount_minor), 'currency', y.currency) as there
    from payments y join refunds r on r.account_id = y.account_id and r.payment_id = y.id
    where r.status <> 'failed' and ${of(id, sql`y.purchase_id`)}
    group by y.account_id, y.purchase_id, y.id, y.amount_minor, y.currency having -sum(r.amount_minor) > y.amount_minor`,
  ledger_differs: (id) => sql`
    select p.account_id, p.id as purchase_id, p.id::text as object_id, jsonb_build_object('amountMinor', l.open) as here,
      jsonb_build_object('amountMinor', jsonb_array_length(p.snapshot -> 'credits' -> 'open')) as there
    from purchases p cross join lateral (
      select (count(*) filter (where kind = 'issued') - count(*) filter (where kind in ('spent', 'expired', 'forfeited')))::int as open
      from credit_entries e where e.purchase_id = p.id) l
    where p.snapshot -> 'credits' is not null and l.open <> jsonb_array_length(p.snapshot -> 'credits' -> 'open') and ${of(id, sql`p.id`)}`,
  asleep: (id) => sql`
    select p.account_id, p.id as purchase_id, p.id::text as object_id, jsonb_build_object('status', p.next_due_kind) as here, null::jsonb as there
    from purchases p join accounts a on a.id = p.account_id
    where p.own_due_at < now() - interval '15 minutes' and a.clock_at is null and not p.has_pending and ${of(id, sql`p.id`)}`,
} as const satisfies Partial<Record<DifferenceKind, Standing>>;

export type InvariantKind = keyof typeof INVARIANTS;

export const INVARIANT_KINDS = Object.keys(INVARIANTS) as InvariantKind[];

/** What holds against one of them; `purchaseId`: of this purchase alone. */
export async function brokenBy(
  em: EntityManager,
  kind: InvariantKind,
  purchaseId: string | null = null,
): Promise<Found[]> {
  const rows = await query<Row>(em, sql`${INVARIANTS[kind](purchaseId)} limit 1000`);
  return rows.map(({ account_id: accountId, purchase_id, object_id: objectId, here, there }) => {
    return { kind, accountId, purchaseId: purchase_id, objectId, here, there };
  });
}
