import type { Instant } from '../../workflows/domain/instant.ts';
import { sql, type Sql } from '../sql.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** [from, to) as days of the zone, `2027-01-31`, and as the instants at which these begin. */
export type Span = {
  days: { from: string; to: string };
  from: Instant;
  to: Instant;
  timeZone: string;
  period: Period;
};

/** By the day on which a period begins; one in which nothing was is absent. */
export type ByPeriod<Figures> = ReadonlyMap<string, Figures>;

/** The day on which the period of an instant begins: `2027-01-31`; weeks begin on Monday. */
export const periodOf = (at: Sql, { period, timeZone }: Pick<Span, 'period' | 'timeZone'>): Sql =>
  sql`date_trunc(${sql.lit(period)}, ${at} at time zone ${timeZone})::date::text`;

/** Rows of counts and sums, each with its `period`. */
export const numbersIn = <Figures extends Record<string, number>>(
  rows: readonly Record<string, string>[],
): ByPeriod<Figures> =>
  new Map(
    rows.map(({ period = '', ...figures }) => [
      period,
      Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, Number(text)])) as Figures,
    ]),
  );
