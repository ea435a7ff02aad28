import type { z } from 'zod';
import { PERIODS } from '../../../../db/money/periods.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { notFound } from '../../../http/problem.ts';
import type { Metric, Point, Unit } from '../../../money/metric.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../../../money/metric-definitions.ts';
import type { metricSchema } from '../../../money/metric-schema.ts';
import { metricRoutes } from '../../../money/metrics.ts';
import { page, siteOf, type Page, type PageCall } from '../../page.ts';
import { DayChart } from '../../parts/day-chart.tsx';
import { Chip, chosenOf, DatesChip, Filters, Views } from '../../parts/filters.tsx';
import { Table, type Column } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { dateInWords, type Here } from '../../words/instant.ts';

type Answer = z.output<typeof metricSchema>;

/** `/metrics` is what Prometheus asks for. */
const PATH = '/figures';

async function show(call: PageCall, name: MetricName) {
  const chosen = chosenOf(call.query, ['from', 'to', 'currency', 'interval']);
  const answer = await call.api.read(metricRoutes.read, { params: { name }, query: chosen });
  const metric: Metric = METRICS[answer.name];
  const points = answer.data as Point[];
  return page(
    metric.title,
    <>
      <div className="head">
        <h1>{metric.title}</h1>
      </div>
      <Views label="Figures" views={METRIC_NAMES.map((each) => viewOf(each, answer.name, call.query))} />
      <MetricFilters answer={answer} chosen={chosen} metric={metric} here={siteOf(call)} />
      <p className="quiet">{metric.text}</p>
      {points.every((point) => !point[metric.shown]) ? null : (
        <DayChart
          label={metric.title}
          inWords={(value) => inWords(metric.series[metric.shown]!.unit, value, answer.currency)}
          figures={points.map((point) => ({
            day: dateInWords(point.from, siteOf(call)),
            value: point[metric.shown] as number | null,
            limit: null,
          }))}
        />
      )}
      <Table
        caption={`${metric.title}, the latest first`}
        rows={points.toReversed()}
        keyOf={({ from }) => from}
        empty={<p>Nothing yet.</p>}
        columns={columnsOf(metric, answer, siteOf(call))}
      />
    </>,
  );
}

/** Dates and currency stay from one figure to the next; each has an interval of its own. */
function viewOf(name: (typeof METRIC_NAMES)[number], current: string, { from, to, currency }: Record<string, string>) {
  const kept = new URLSearchParams(
    chosenOf({ from: from ?? '', to: to ?? '', currency: currency ?? '' }, ['currency']),
  );
  const query = kept.size === 0 ? '' : `?${kept.toString()}`;
  return { label: METRICS[name].title, href: `${PATH}/${name}${query}`, isCurrent: name === current, count: undefined };
}

type FiltersProps = { answer: Answer; chosen: Record<string, string>; metric: Metric; here: Here };

const MetricFilters = ({ answer, chosen, metric, here }: FiltersProps) => (
  <Filters path={`${PATH}/${answer.name}`} chosen={chosen} kept={[]}>
    <DatesChip label="Dates" from="from" to="to" chosen={chosen} here={here} />
    {metric.isOfMonths ? null : (
      <Chip
        name="interval"
        label="By"
        none={INTERVALS[metric.interval]}
        options={PERIODS.filter((each) => each !== metric.interval).map((value) => ({
          value,
          label: INTERVALS[value],
        }))}
        chosen={chosen}
      />
    )}
    {metric.isOfCurrency && answer.currencies.length > 1 ? (
      <Chip
        name="currency"
        label="Currency"
        none={answer.currencies[0]!.toUpperCase()}
        options={answer.currencies.slice(1).map((value) => ({ value, label: value.toUpperCase() }))}
        chosen={chosen}
      />
    ) : null}
  </Filters>
);

const INTERVALS = { day: 'Day', week: 'Week', month: 'Month' };

function columnsOf({ series, shown }: Metric, { interval, currency }: Answer, here: Here): Column<Point>[] {
  const first: Column<Point> = {
    label: INTERVALS[interval],
    at: '1',
    cell: ({ from }) => (interval === 'month' ? MONTH.format(new Date(`${from}T00:00:00Z`)) : dateInWords(from, here)),
  };
  const figures = Object.entries(series).map(([key, { label, unit }]): Column<Point> => ({
    label: LABELS_MEANT_TWICE.has(label) && unit === 'money' ? `${label}, amount` : label,
    at: key === shown ? '1r' : undefined,
    isFigure: true,
    cell: (point) =>
      Array.isArray(point[key])
        ? sharesInWords(point[key], point.customers as number)
        : inWords(unit, point[key] as number | null, currency),
  }));
  return [first, ...figures];
}

/** A count and an amount of one name stand side by side. */
const LABELS_MEANT_TWICE = new Set(['Recovered', 'Lost', 'Open']);

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });

function inWords(unit: Unit, value: number | null, currency: string | null): string {
  if (value === null) return '–';
  switch (unit) {
    case 'money':
      return currency === null ? '–' : moneyInWords({ amountMinor: value, currency });
    case 'count':
    case 'counts':
      return value.toLocaleString('en-US');
    case 'percent':
      return `${value.toLocaleString('en-US')} %`;
  }
}

/** What is left of a cohort, month by month: `100 % · 50 % · 50 %`. */
const sharesInWords = (left: readonly number[], whole: number): string =>
  whole === 0 ? '–' : left.map((count) => `${Math.round((count / whole) * 100)} %`).join(' · ');

/** A figure over time, with its definition, and a table of all that the chart shows. */
export const metricPage: Page = {
  path: `${PATH}/{name}`,
  audience: 'admin',
  roles: MONEY_READERS,
  show: (call) => show(call, nameIn(call)),
};

/** @throws Problem 404 */
function nameIn({ params }: PageCall): MetricName {
  const name = METRIC_NAMES.find((one) => one === params.name);
  if (!name) throw notFound('figure');
  return name;
}

export const metricsPage: Page = { ...metricPage, path: PATH, show: (call) => show(call, 'mrr') };
