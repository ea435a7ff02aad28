import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { currenciesSold } from '../../db/money/kept-figures.ts';
import { PERIODS, type Period } from '../../db/money/periods.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { DATES, dayOrInstant, isDay } from '../http/day-or-instant.ts';
import { currency } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { beginningOf, daysOf, type Metric } from './metric.ts';
import { METRIC_NAMES, METRICS } from './metric-definitions.ts';
import { metricSchema } from './metric-schema.ts';

/** Three years by the day. */
const MOST_PERIODS = 1_100;

const query = z.strictObject({
  from: dayOrInstant.optional().describe(`From the day of this on. ${DATES}`),
  to: dayOrInstant.optional().describe(`Until this, not included; of what has been, until today at most. ${DATES}`),
  currency: currency.optional().describe('Absent: the one in which most offers are sold.'),
  interval: z.enum(PERIODS).optional(),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/metrics/{name}',
  tag: 'Metrics',
  operationId: 'readMetric',
  summary: 'Read a figure over time: monthly recurring revenue, net revenue, churn, retention and others',
  description: `By days, weeks (from Monday) or months of the account's time zone, at most ${MOST_PERIODS} of them; the last 30 days, 12 weeks or 12 months where nothing is said. Amounts of one currency; test customers are left out. Each figure is defined with its answer.`,
  roles: MONEY_READERS,
  params: z.strictObject({ name: z.enum(METRIC_NAMES) }),
  query,
  answers: { 200: metricSchema },
  async handle({ em, account: { timeZone }, now, params: { name }, query: asked }) {
    const metric: Metric = METRICS[name];
    const interval = intervalOf(metric, asked.interval);
    const { from, to } = boundsOf(metric, { ...asked, interval }, now, timeZone);
    const days = daysOf(from, to, interval);
    if (days.length > MOST_PERIODS) throw invalid('from', `must be at most ${MOST_PERIODS} periods before the end`);
    const currencies = await currenciesSold(em);
    const chosen = metric.isOfCurrency ? (asked.currency ?? currencies[0] ?? null) : null;
    const span = {
      days: { from, to },
      from: beginOf(from, timeZone),
      to: beginOf(to, timeZone),
      timeZone,
      period: interval,
    };
    const data = await metric.read({ em, currency: chosen ?? '', span, days });
    const body = { name, currency: chosen, currencies, interval, timeZone, from, to, data };
    return { status: 200, body };
  },
});

/** @throws Problem 422 */
function intervalOf({ interval, isOfMonths }: Metric, asked: Period = interval): Period {
  if (isOfMonths && asked !== interval) throw invalid('interval', `must be ${interval}`);
  return asked;
}

type Bounds = { from?: string | undefined; to?: string | undefined; interval: Period };

/** Before the period of the end, which is the last of 30 days, 12 weeks or 12 months. */
const BEFORE: Record<Period, Temporal.DurationLike> = { day: { days: 29 }, week: { weeks: 11 }, month: { months: 11 } };

/**
 * Days of the account, [from, to).
 * @throws Problem 422
 */
function boundsOf({ isAhead }: Metric, { interval, ...asked }: Bounds, now: Instant, timeZone: string) {
  const today = Temporal.PlainDate.from(dayAt(now, timeZone));
  const [from, to] = [asked.from && dayAt(asked.from, timeZone), asked.to && endAt(asked.to, timeZone)];
  if (isAhead) {
    const start = from ?? today.toString();
    return checked(start, to ?? Temporal.PlainDate.from(start).add({ months: 12 }).toString());
  }
  const tomorrow = today.add({ days: 1 }).toString();
  const end = to === undefined || to > tomorrow ? tomorrow : to;
  const last = Temporal.PlainDate.from(end).subtract({ days: 1 });
  return checked(from ?? beginningOf(last.subtract(BEFORE[interval]), interval).toString(), end);
}

function checked(from: string, to: string): { from: string; to: string } {
  if (from >= to) throw invalid('from', 'must be before the end, and for what has been not after today');
  return { from, to };
}

/** The day on which an instant lies; a date is itself. */
const dayAt = (given: string, timeZone: string): string =>
  isDay(given) ? given : Temporal.Instant.from(given).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** The day before which all of an instant's day is over. */
function endAt(given: string, timeZone: string): string {
  const day = dayAt(given, timeZone);
  const isBeginning = isDay(given) || given === beginOf(day, timeZone);
  return isBeginning ? day : Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

const beginOf = (day: string, timeZone: string): Instant =>
  fromMs(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);

export const metricRoutes = { read };
