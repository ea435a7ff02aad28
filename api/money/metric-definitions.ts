import { churn, monthlyRecurringRevenue, retention, subscriptions } from './metrics-of-revenue.ts';
import { credits, instalments, netRevenue, recoveredPayments, refunds, trials } from './metrics-of-counts.ts';
import type { Metric } from './metric.ts';

/** Every figure that is kept over time, by its name in addresses. */
export const METRICS = {
  mrr: monthlyRecurringRevenue,
  'net-revenue': netRevenue,
  'active-subscriptions': subscriptions,
  churn,
  retention,
  trials,
  'recovered-payments': recoveredPayments,
  refunds,
  instalments,
  credits,
} satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as [MetricName, ...MetricName[]];
