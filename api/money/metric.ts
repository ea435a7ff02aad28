import { Temporal } from 'temporal-polyfill';
import type { Scoped } from '../../db/account-scope.ts';
import type { Period, Span } from '../../db/money/periods.ts';

/** `counts`: one for each period since its own. */
export type Unit = 'money' | 'count' | 'percent' | 'counts';

type Series = { label: string; unit: Unit; text: string };

/** `key`: the day on which the period begins, however much of it is asked for; [from, to). */
export type PeriodDays = { key: string; from: string; to: string };

export type Point = { from: string; to: string } & Record<string, number | string | null | number[]>;

export type Asked = { em: Scoped; currency: string; span: Span; days: readonly PeriodDays[] };

/**
 * A figure over time: what it is, by the field's own definition, and how it is read. `shown`: the
 * series of the chart.
 */
export type Metric = {
  /** In the OpenAPI document. */
  id: string;
  title: string;
  text: string;
  isOfCurrency: boolean;
  /** Of what will be, from today on. */
  isAhead?: true;
  interval: Period;
  /** Whether it can be told by other periods than its own. */
  isOfMonths?: true;
  series: Readonly<Record<string, Series>>;
  shown: string;
  read(asked: Asked): Promise<Point[]>;
};

/** The periods of [from, to), the first and the last as far as they are in it. */
export function daysOf(from: string, to: string, period: Period): PeriodDays[] {
  const [first, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const days: PeriodDays[] = [];
  for (let start = beginningOf(first, period); Temporal.PlainDate.compare(start, end) < 0;) {
    const next = start.add({ [`${period}s`]: 1 });
    days.push({ key: start.toString(), from: latest(start, first).toString(), to: earliest(next, end).toString() });
    start = next;
  }
  return days;
}

export function beginningOf(day: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  switch (period) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
  }
}

const latest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a);
const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b);

/** Percent with two decimals, rounded half up; null where there is nothing to be a share of. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
