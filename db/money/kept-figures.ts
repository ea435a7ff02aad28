import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { FigureName } from '../entities/figure-count.ts';
import { testCustomers } from '../people/test-customers.ts';
import { EACH_TIME, query, sql } from '../sql.ts';
import { numbersIn, periodOf, type ByPeriod, type Span } from './periods.ts';

/** `currency`: empty for what is no money. */
export async function countedByPeriod<Name extends FigureName>(
  em: Scoped,
  names: readonly Name[],
  currency: string,
  span: Span,
): Promise<ByPeriod<Record<`${Name}Count` | `${Name}Minor`, number>>> {
  const sums = names.map((name) => {
    const of = sql`filter (where name = ${sql.lit(name)})`;
    return sql`coalesce(sum(count) ${of}, 0) as ${sql.ref(`${name}Count`)}, coalesce(sum(minor) ${of}, 0) as ${sql.ref(`${name}Minor`)}`;
  });
  const rows = await query<Record<string, string>>(
    em,
    sql`${EACH_TIME}select date_trunc(${sql.lit(span.period)}, day::timestamp)::date::text as period, ${sql.join(sums)} from figure_counts
    where account_id = ${accountIdOf(em)} and name = any(${[...names]}) and currency = ${currency}
      and day >= ${span.days.from} and day < ${span.days.to} group by 1`,
  );
  return numbersIn(rows);
}

type OfFailed = Record<`${'failed' | 'recovered' | 'lost' | 'open'}${'Count' | 'Minor'}`, number>;

/** Payments by when their first try failed, and what became of them by now. */
export async function failedByPeriod(em: Scoped, currency: string, span: Span): Promise<ByPeriod<OfFailed>> {
  const states = {
    failed: 'true',
    recovered: 'paid_at is not null',
    lost: LOST,
    open: `paid_at is null and not (${LOST})`,
  };
  const sums = Object.entries(states).map(([name, when]) => {
    const of = sql`filter (where ${sql.raw(when)})`;
    return sql`count(*) ${of} as ${sql.ref(`${name}Count`)}, coalesce(sum(amount_minor) ${of}, 0) as ${sql.ref(`${name}Minor`)}`;
  });
  const rows = await query<Record<string, string>>(
    em,
    sql`${EACH_TIME}select ${periodOf(sql`failed_at`, span)} as period, ${sql.join(sums)} from payments
    where account_id = ${accountIdOf(em)} and currency = ${currency} and failed_at >= ${span.from} and failed_at < ${span.to}
      and contact_id <> all(${await testCustomers(em)}::uuid[]) group by 1`,
  );
  return numbersIn(rows);
}

const LOST = 'paid_at is null and canceled_at is not null';

/** Trials by when they ended, those that were left early as well. */
export async function trialsByPeriod(em: Scoped, span: Span): Promise<ByPeriod<Record<'ended' | 'converted', number>>> {
  const rows = await query<Record<string, string>>(
    em,
    sql`${EACH_TIME}select ${periodOf(sql`trial_ended_at`, span)} as period, count(*) as ended,
      count(*) filter (where trial_converted) as converted from purchases
    where account_id = ${accountIdOf(em)} and trial_ended_at >= ${span.from} and trial_ended_at < ${span.to}
      and contact_id <> all(${await testCustomers(em)}::uuid[]) group by 1`,
  );
  return numbersIn(rows);
}

/** Instalments of running payment plans by when they will be charged, as things stand. */
export async function instalmentsByPeriod(
  em: Scoped,
  currency: string,
  span: Span,
): Promise<ByPeriod<Record<'count' | 'minor', number>>> {
  const rows = await query<Record<string, string>>(
    em,
    sql`${EACH_TIME}select ${periodOf(sql`i.at`, span)} as period, count(*) as count, sum(i."amountMinor") as minor
    from purchases p cross join lateral jsonb_to_recordset(p.instalments_ahead) as i(at timestamptz, "amountMinor" bigint, currency text)
    where p.account_id = ${accountIdOf(em)} and p.instalments_ahead is not null and i.at >= ${span.from} and i.at < ${span.to}
      and i.currency = ${currency} and p.contact_id <> all(${await testCustomers(em)}::uuid[]) group by 1`,
  );
  return numbersIn(rows);
}

/** What an account sells in, the most used first. */
export async function currenciesSold(em: Scoped): Promise<string[]> {
  const rows = await query<{ currency: string }>(
    em,
    sql`select price ->> 'currency' as currency from offers where account_id = ${accountIdOf(em)} and price ->> 'currency' is not null
    group by 1 order by count(*) desc, 1`,
  );
  return rows.map(({ currency }) => currency);
}
