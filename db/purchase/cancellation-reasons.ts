import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { RetentionKind } from '../../workflows/domain/retention.ts';
import { notBoughtBy, testCustomers } from '../people/test-customers.ts';
import { query, sql, type Sql } from '../sql.ts';

/** Months as `2027-02`, both included, in the account's zone; `offerId`: of this offer alone. */
export type ReasonFilter = { from: string; to: string; timeZone: string; offerId?: string | undefined };

/** The cancellations of one offer and month, and what was offered in their place. */
export type ReasonsOfMonth = {
  month: string;
  offer: { id: string; name: string };
  count: number;
  undone: number;
  atStripe: number;
  /** The most frequent first; null = none was given. */
  reasons: { reason: string | null; count: number }[];
  /** What was offered in place of a cancellation. */
  retention: OfferedInMonth[];
};

/**
 * `kept`: what was paid of these purchases since they took it, less what went back, until they took
 * another one.
 */
export type OfferedInMonth = {
  kind: RetentionKind;
  offered: number;
  taken: number;
  kept: { currency: string; amountMinor: number }[];
};

/** The latest month first, and in it the offers by name. */
export async function reasonsByMonth(em: Scoped, filter: ReasonFilter): Promise<ReasonsOfMonth[]> {
  const tests = await testCustomers(em);
  const within = (table: string) => withinMonths(em, table, filter, tests);
  const rows = await query<ReasonsOfMonth>(
    em,
    sql`with made as (${within('cancellation_reasons')}),
      offered as (${within('retention_offers')}),
      ${KEPT},
      parted as (select month, offer_id, reason, count(*)::int as count, count(undone_at)::int as undone,
          count(*) filter (where cause = 'external')::int as at_stripe
        from made group by month, offer_id, reason),
      left_by as (select month, offer_id, sum(count)::int as count, sum(undone)::int as undone, sum(at_stripe)::int as at_stripe,
          jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by count desc, reason) as reasons
        from parted group by month, offer_id)
      select month, jsonb_build_object('id', o.id, 'name', o.name) as offer, coalesce(count, 0) as count,
        coalesce(undone, 0) as undone, coalesce(at_stripe, 0) as "atStripe", coalesce(reasons, '[]') as reasons,
        coalesce(retention, '[]') as retention
      from left_by full join retained using (month, offer_id) join offers o on o.id = offer_id
      order by month desc, o.name, o.id`,
  );
  return rows;
}

/** The rows of a table in these months, each with its month. */
function withinMonths(em: Scoped, table: string, filter: ReasonFilter, tests: readonly string[]): Sql {
  const { from, to, timeZone, offerId: given } = filter;
  const offerId = given ?? null;
  const begins = (month: string, later: number) =>
    sql`((${month} || '-01')::date + make_interval(months => ${later}))::timestamp at time zone ${timeZone}`;
  return sql`
    select to_char(c.at at time zone ${timeZone}, 'YYYY-MM') as month, c.*
    from ${sql.raw(table)} c
    where c.account_id = ${accountIdOf(em)} and c.at >= ${begins(from, 0)} and c.at < ${begins(to, 1)}
      and (${offerId}::uuid is null or c.offer_id = ${offerId}::uuid)
      and ${notBoughtBy(tests, sql`c.purchase_id`)}`;
}

/** Of what was offered, what was taken, and what was paid since. */
const KEPT = sql`
  paid as (
    select t.month, t.offer_id, t.kind, p.currency, sum(p.amount_minor - p.refunded_minor)::bigint as amount
    from offered t
      left join lateral (select min(n.at) as at from retention_offers n
        where n.purchase_id = t.purchase_id and n.is_taken and (n.at, n.id) > (t.at, t.id)) next on true
      join payments p on p.purchase_id = t.purchase_id and p.paid_at > t.at and (next.at is null or p.paid_at <= next.at)
    where t.is_taken group by t.month, t.offer_id, t.kind, p.currency),
  counted as (
    select month, offer_id, kind, count(*)::int as offered, count(*) filter (where is_taken)::int as taken
    from offered group by month, offer_id, kind),
  retained as (
    select month, offer_id, jsonb_agg(jsonb_build_object('kind', kind, 'offered', offered, 'taken', taken, 'kept',
      coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'amountMinor', amount) order by currency)
        from paid where (paid.month, paid.offer_id, paid.kind) = (counted.month, counted.offer_id, counted.kind)), '[]'))
      order by kind) as retention
    from counted group by month, offer_id)`;
