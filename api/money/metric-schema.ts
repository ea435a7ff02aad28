import { z } from 'zod';
import { PERIODS } from '../../db/money/periods.ts';
import type { Metric, Unit } from './metric.ts';
import { METRICS, METRIC_NAMES, type MetricName } from './metric-definitions.ts';

const day = z.string().meta({ format: 'date', examples: ['2027-01-01'] });

/** Money and counts are whole, shares are percent with up to two decimals. */
const FIGURES: Record<Unit, z.ZodType> = {
  money: z.int(),
  count: z.int(),
  percent: z.number().nullable(),
  counts: z.array(z.int()),
};

/** What one metric answers; its figures are named and described where it is defined. */
function answerOf(name: MetricName) {
  const { series, text, id, isOfCurrency }: Metric = METRICS[name];
  const figures = Object.fromEntries(
    Object.entries(series).map(([key, { unit, text: what }]) => [key, FIGURES[unit].describe(what)]),
  );
  const point = z
    .strictObject({ from: day, to: day.describe('The day after its last.'), ...figures })
    .meta({ id: `${id}Point` });
  return z
    .strictObject({
      name: z.literal(name),
      currency: isOfCurrency ? z.string().nullable().describe('null: the account sells nothing yet.') : z.null(),
      currencies: z.array(z.string()).describe('What the account sells in, the most used first.'),
      interval: z.enum(PERIODS),
      timeZone: z.string().describe("The account's: its days are counted."),
      from: day,
      to: day.describe('Not included.'),
      data: z.array(point),
    })
    .meta({ id, description: text });
}

const [first, ...others] = METRIC_NAMES.map(answerOf) as [
  ReturnType<typeof answerOf>,
  ...ReturnType<typeof answerOf>[],
];

export const metricSchema = z.discriminatedUnion('name', [first, ...others]).meta({ id: 'Metric' });
