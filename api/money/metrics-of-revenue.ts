import { cohortChanges, revenueByPeriod, type RevenueOfPeriod } from '../../db/money/revenue-movements.ts';
import { shareOf, type Asked, type Metric, type PeriodDays } from './metric.ts';

/** Each period with what it brought, and where the account stood when it began. */
async function standings({ em, currency, span, days }: Asked) {
  const { before, periods } = await revenueByPeriod(em, currency, span);
  let at = before;
  return days.map((period) => {
    const moved = periods.get(period.key) ?? NOTHING;
    const start = at;
    at = {
      minor: at.minor + moved.changeMinor,
      subscriptions: at.subscriptions + moved.subscriptions,
      customers: at.customers + moved.customers,
    };
    return { period: daysOnly(period), moved, start, end: at };
  });
}

const daysOnly = ({ from, to }: PeriodDays) => ({ from, to });

const NOTHING: RevenueOfPeriod = {
  newMinor: 0,
  newCount: 0,
  expansionMinor: 0,
  expansionCount: 0,
  contractionMinor: 0,
  contractionCount: 0,
  churnMinor: 0,
  churnCount: 0,
  reactivationMinor: 0,
  reactivationCount: 0,
  started: 0,
  ended: 0,
  changeMinor: 0,
  subscriptions: 0,
  customers: 0,
};

export const monthlyRecurringRevenue: Metric = {
  id: 'MonthlyRecurringRevenueMetric',
  title: 'Monthly recurring revenue',
  text: 'What subscriptions that are active or past due bring a month, whatever their interval, less the discounts that recur; not trials, pauses, instalments, what is paid once, and taxes. With what moved it, by customer: new, grown, shrunk, gone (to nothing), come back. As Stripe and ChartMogul define it.',
  isOfCurrency: true,
  interval: 'day',
  shown: 'amountMinor',
  series: {
    amountMinor: { label: 'MRR', unit: 'money', text: 'At the end of the period.' },
    newMinor: { label: 'New', unit: 'money', text: 'Of customers who paid on and on for the first time.' },
    expansionMinor: { label: 'Expansion', unit: 'money', text: 'Of customers who pay more than before.' },
    contractionMinor: { label: 'Contraction', unit: 'money', text: 'Of customers who pay less; zero or negative.' },
    churnMinor: { label: 'Churn', unit: 'money', text: 'Of customers who pay nothing any more; zero or negative.' },
    reactivationMinor: { label: 'Reactivation', unit: 'money', text: 'Of customers who had gone and pay again.' },
  },
  read: async (asked) =>
    (await standings(asked)).map(({ period, moved, end }) => ({
      ...period,
      amountMinor: end.minor,
      newMinor: moved.newMinor,
      expansionMinor: moved.expansionMinor,
      contractionMinor: moved.contractionMinor,
      churnMinor: moved.churnMinor,
      reactivationMinor: moved.reactivationMinor,
    })),
};

export const subscriptions: Metric = {
  id: 'ActiveSubscriptionsMetric',
  title: 'Active subscriptions',
  text: 'Subscriptions that are active or past due: not trials, pauses and payment plans.',
  isOfCurrency: true,
  interval: 'day',
  shown: 'subscriptions',
  series: {
    subscriptions: { label: 'Active', unit: 'count', text: 'At the end of the period.' },
    started: { label: 'Started', unit: 'count', text: 'Begun, resumed, or come out of a trial.' },
    ended: { label: 'Ended', unit: 'count', text: 'Ended or paused.' },
  },
  read: async (asked) =>
    (await standings(asked)).map(({ period, moved, end }) => ({
      ...period,
      subscriptions: end.subscriptions,
      started: moved.started,
      ended: moved.ended,
    })),
};

export const churn: Metric = {
  id: 'ChurnMetric',
  title: 'Churn',
  text: 'How many of the customers, and how much of the monthly recurring revenue, at the beginning of a period it lost. As defined by ChartMogul (customer churn rate; gross and net MRR churn rate).',
  isOfCurrency: true,
  interval: 'month',
  shown: 'customerChurnRate',
  series: {
    customersAtStart: { label: 'Customers', unit: 'count', text: 'Who paid on and on when it began.' },
    customersChurned: { label: 'Gone', unit: 'count', text: 'Who came to pay nothing.' },
    customerChurnRate: { label: 'Customer churn', unit: 'percent', text: 'Gone, of those at the beginning.' },
    mrrAtStartMinor: { label: 'MRR', unit: 'money', text: 'When it began.' },
    mrrChurnedMinor: { label: 'MRR gone', unit: 'money', text: 'By churn and contraction; zero or more.' },
    grossMrrChurnRate: { label: 'Gross MRR churn', unit: 'percent', text: 'By churn and contraction.' },
    netMrrChurnRate: {
      label: 'Net MRR churn',
      unit: 'percent',
      text: 'The same less expansion and reactivation; negative where these are more.',
    },
  },
  read: async (asked) =>
    (await standings(asked)).map(({ period, moved, start }) => {
      const lost = -moved.churnMinor - moved.contractionMinor;
      const won = moved.expansionMinor + moved.reactivationMinor;
      return {
        ...period,
        customersAtStart: start.customers,
        customersChurned: moved.churnCount,
        customerChurnRate: shareOf(moved.churnCount, start.customers),
        mrrAtStartMinor: start.minor,
        mrrChurnedMinor: lost,
        grossMrrChurnRate: shareOf(lost, start.minor),
        netMrrChurnRate: shareOf(lost - won, start.minor),
      };
    }),
};

export const retention: Metric = {
  id: 'RetentionMetric',
  title: 'Retention by cohort',
  text: 'Customers by the month in which they first paid on and on, and how many of them did at the end of that month and of each month since.',
  isOfCurrency: true,
  interval: 'month',
  isOfMonths: true,
  shown: 'customers',
  series: {
    customers: { label: 'Customers', unit: 'count', text: 'Who came in this month.' },
    retained: {
      label: 'Still there',
      unit: 'counts',
      text: 'At the end of this month, the next, and so on until now.',
    },
  },
  async read(asked) {
    const { em, currency, span, days } = asked;
    const { periods } = await revenueByPeriod(em, currency, span);
    const changes = Map.groupBy(await cohortChanges(em, currency, span), ({ cohort }) => cohort);
    return days.map((period, index) => {
      const byMonth = new Map(changes.get(period.key)?.map(({ period: month, change }) => [month, change]));
      let left = 0;
      const retained = days.slice(index).map(({ key }) => (left += byMonth.get(key) ?? 0));
      return { ...daysOnly(period), customers: periods.get(period.key)?.newCount ?? 0, retained };
    });
  },
};
