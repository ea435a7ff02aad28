import type { Instant } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { MovementKind } from '../entities/revenue-movement.ts';
import { EACH_TIME, query, sql } from '../sql.ts';
import { periodOf, numbersIn, type ByPeriod, type Span } from './periods.ts';

type Moved = Exclude<MovementKind, 'moved'>;
type Summed = `${Moved}Minor` | `${Moved}Count` | 'started' | 'ended';

/** What one period brought: amounts in minor units, those that lessen it negative. */
export type RevenueOfPeriod = Record<Summed | 'changeMinor' | 'subscriptions' | 'customers', number>;

/** How monthly recurring revenue of a currency moved in [from, to), and where it stood before. */
export async function revenueByPeriod(
  em: Scoped,
  currency: string,
  span: Span,
): Promise<{ before: Standing; periods: ByPeriod<RevenueOfPeriod> }> {
  const of = (kind: Moved) => sql`filter (where kind = ${sql.lit(kind)})`;
  const rows = await query<Record<string, string>>(
    em,
    sql`${EACH_TIME}select ${periodOf(sql`at`, span)} as period,
      ${sql.join(KINDS.map((kind) => sql`coalesce(sum(change_minor) ${of(kind)}, 0) as ${sql.ref(`${kind}Minor`)}, count(*) ${of(kind)} as ${sql.ref(`${kind}Count`)}`))},
      count(*) filter (where subscriptions > 0 and kind is distinct from 'moved') as "started",
      count(*) filter (where subscriptions < 0 and kind is distinct from 'moved') as "ended",
      sum(change_minor) as "changeMinor", sum(subscriptions) as "subscriptions", sum(customers) as "customers"
    from revenue_movements
    where account_id = ${accountIdOf(em)} and currency = ${currency} and at >= ${span.from} and at < ${span.to} group by 1`,
  );
  return { before: await standingAt(em, currency, span.from), periods: numbersIn(rows) };
}

const KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const satisfies Moved[];

type Standing = { minor: number; subscriptions: number; customers: number };

async function standingAt(em: Scoped, currency: string, at: Instant): Promise<Standing> {
  const [row] = await query<Record<keyof Standing, string>>(
    em,
    sql`${EACH_TIME}select coalesce(sum(change_minor), 0) as minor, coalesce(sum(subscriptions), 0) as subscriptions,
      coalesce(sum(customers), 0) as customers
    from revenue_movements where account_id = ${accountIdOf(em)} and currency = ${currency} and at < ${at}`,
  );
  return {
    minor: Number(row?.minor ?? 0),
    subscriptions: Number(row?.subscriptions ?? 0),
    customers: Number(row?.customers ?? 0),
  };
}

/** `change`: how many more of a cohort pay at the end of `period` than at its beginning. */
export type CohortChange = { cohort: string; period: string; change: number };

/** Of customers whose first revenue began in [from, to), until then. */
export async function cohortChanges(em: Scoped, currency: string, span: Span): Promise<CohortChange[]> {
  const rows = await query<Record<keyof CohortChange, string>>(
    em,
    sql`${EACH_TIME}select ${periodOf(sql`cohort_at`, span)} as cohort, ${periodOf(sql`at`, span)} as period, sum(customers) as change
    from revenue_movements
    where account_id = ${accountIdOf(em)} and currency = ${currency} and customers <> 0
      and cohort_at >= ${span.from} and at >= ${span.from} and at < ${span.to} group by 1, 2`,
  );
  return rows.map(({ cohort, period, change }) => ({ cohort, period, change: Number(change) }));
}
