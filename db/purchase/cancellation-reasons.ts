import { accountIdOf, type Scoped } from '../account-scope.ts';
import { query, sql } from '../sql.ts';

/** Months as `2027-02`, both included, in the account's zone; `offerId`: of this offer alone. */
export type ReasonFilter = { from: string; to: string; timeZone: string; offerId?: string | undefined };

/** The cancellations of one offer and month. */
export type ReasonsOfMonth = {
  month: string;
  offer: { id: string; name: string };
  count: number;
  undone: number;
  atStripe: number;
  /** The most frequent first; null = none was given. */
  reasons: { reason: string | null; count: number }[];
};

/** The latest month first, and in it the offers by name. */
export async function reasonsByMonth(em: Scoped, filter: ReasonFilter): Promise<ReasonsOfMonth[]> {
  const { from, to, timeZone, offerId = null } = filter;
  const begins = (month: string, later: number) =>
    sql`((${month} || '-01')::date + make_interval(months => ${later}))::timestamp at time zone ${timeZone}`;
  const rows = await query<ReasonsOfMonth>(
    em,
    sql`with made as (
        select to_char(c.at at time zone ${timeZone}, 'YYYY-MM') as month, c.*
        from cancellation_reasons c
        where c.account_id = ${accountIdOf(em)} and c.at >= ${begins(from, 0)} and c.at < ${begins(to, 1)}
          and (${offerId}::uuid is null or c.offer_id = ${offerId}::uuid)),
      parted as (select month, offer_id, reason, count(*)::int as count, count(undone_at)::int as undone,
          count(*) filter (where cause = 'external')::int as at_stripe
        from made group by month, offer_id, reason)
      select month, jsonb_build_object('id', o.id, 'name', o.name) as offer, sum(count)::int as count,
        sum(undone)::int as undone, sum(at_stripe)::int as "atStripe",
        jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by count desc, reason) as reasons
      from parted join offers o on o.id = offer_id
      group by month, o.id, o.name order by month desc, o.name, o.id`,
  );
  return rows;
}
