import { countedByPeriod, failedByPeriod, instalmentsByPeriod, trialsByPeriod } from '../../db/money/kept-figures.ts';
import type { ByPeriod } from '../../db/money/periods.ts';
import { shareOf, type Asked, type Metric, type Point } from './metric.ts';

type Counted = Partial<Record<string, number>>;

/** One point for each period, of what was counted in it. */
const pointsOf = (
  { days }: Asked,
  counted: ByPeriod<Counted>,
  toFigures: (counted: Counted) => Omit<Point, 'from' | 'to'>,
): Point[] => days.map(({ key, from, to }) => ({ from, to, ...toFigures(counted.get(key) ?? {}) }));

export const netRevenue: Metric = {
  id: 'NetRevenueMetric',
  title: 'Net revenue',
  text: 'Payments of every kind, less what was refunded and what was lost in disputes, each when it happened. Fees of Stripe are not taken off.',
  isOfCurrency: true,
  interval: 'day',
  shown: 'netMinor',
  series: {
    netMinor: { label: 'Net', unit: 'money', text: 'Paid, less refunded and lost.' },
    payments: { label: 'Payments', unit: 'count', text: 'Successful charges above zero.' },
    paidMinor: { label: 'Paid', unit: 'money', text: 'Before refunds.' },
    refundedMinor: { label: 'Refunded', unit: 'money', text: 'By refunds that were made then and have not failed.' },
    lostMinor: { label: 'Lost', unit: 'money', text: 'In disputes that were decided then.' },
  },
  async read(asked) {
    const { em, currency, span } = asked;
    const counted = await countedByPeriod(em, ['paid', 'refunded', 'lost'], currency, span);
    return pointsOf(asked, counted, ({ paidCount = 0, paidMinor = 0, refundedMinor = 0, lostMinor = 0 }) => ({
      netMinor: paidMinor - refundedMinor - lostMinor,
      payments: paidCount,
      paidMinor,
      refundedMinor,
      lostMinor,
    }));
  },
};

export const refunds: Metric = {
  id: 'RefundsMetric',
  title: 'Refunds',
  text: 'Money given back, and lost in disputes, each when it happened.',
  isOfCurrency: true,
  interval: 'month',
  shown: 'refundedMinor',
  series: {
    refunds: { label: 'Refunds', unit: 'count', text: 'That have not failed.' },
    refundedMinor: { label: 'Refunded', unit: 'money', text: 'By these.' },
    disputesLost: { label: 'Disputes lost', unit: 'count', text: 'That were decided then.' },
    lostMinor: { label: 'Lost', unit: 'money', text: 'By these.' },
  },
  async read(asked) {
    const { em, currency, span } = asked;
    const counted = await countedByPeriod(em, ['refunded', 'lost'], currency, span);
    return pointsOf(asked, counted, ({ refundedCount = 0, refundedMinor = 0, lostCount = 0, lostMinor = 0 }) => ({
      refunds: refundedCount,
      refundedMinor,
      disputesLost: lostCount,
      lostMinor,
    }));
  },
};

export const trials: Metric = {
  id: 'TrialsMetric',
  title: 'Trials converted',
  text: 'Trials by when they ended, early ones too, and those that somebody paid for afterwards. A setup fee alone is no conversion.',
  isOfCurrency: false,
  interval: 'month',
  shown: 'conversionRate',
  series: {
    ended: { label: 'Ended', unit: 'count', text: 'Trials that ended in this period.' },
    converted: { label: 'Converted', unit: 'count', text: 'Of these, paid for since.' },
    conversionRate: { label: 'Rate', unit: 'percent', text: 'Converted, of those that ended.' },
  },
  async read(asked) {
    const counted = await trialsByPeriod(asked.em, asked.span);
    return pointsOf(asked, counted, ({ ended = 0, converted = 0 }) => ({
      ended,
      converted,
      conversionRate: shareOf(converted, ended),
    }));
  },
};

export const recoveredPayments: Metric = {
  id: 'RecoveredPaymentsMetric',
  title: 'Failed payments recovered',
  text: 'Invoices by when their payment first failed, and what has become of each by now.',
  isOfCurrency: true,
  interval: 'month',
  shown: 'recoveredMinor',
  series: {
    failed: { label: 'Failed', unit: 'count', text: 'First in this period.' },
    failedMinor: { label: 'Due', unit: 'money', text: 'By these.' },
    recovered: { label: 'Recovered', unit: 'count', text: 'Paid since.' },
    recoveredMinor: { label: 'Recovered', unit: 'money', text: 'By these.' },
    lost: { label: 'Lost', unit: 'count', text: 'Not collected any more.' },
    lostMinor: { label: 'Lost', unit: 'money', text: 'By these.' },
    open: { label: 'Open', unit: 'count', text: 'Still collected.' },
    openMinor: { label: 'Open', unit: 'money', text: 'By these.' },
    recoveryRate: { label: 'Rate', unit: 'percent', text: 'Recovered, of all that failed, by amount.' },
  },
  async read(asked) {
    const counted = await failedByPeriod(asked.em, asked.currency, asked.span);
    return pointsOf(asked, counted, (of) => ({
      failed: of.failedCount ?? 0,
      failedMinor: of.failedMinor ?? 0,
      recovered: of.recoveredCount ?? 0,
      recoveredMinor: of.recoveredMinor ?? 0,
      lost: of.lostCount ?? 0,
      lostMinor: of.lostMinor ?? 0,
      open: of.openCount ?? 0,
      openMinor: of.openMinor ?? 0,
      recoveryRate: shareOf(of.recoveredMinor ?? 0, of.failedMinor ?? 0),
    }));
  },
};

export const instalments: Metric = {
  id: 'InstalmentsMetric',
  title: 'Instalments to come',
  text: 'What running payment plans will still charge, as things stand; a pause without an end charges nothing.',
  isOfCurrency: true,
  isAhead: true,
  interval: 'month',
  shown: 'amountMinor',
  series: {
    instalments: { label: 'Instalments', unit: 'count', text: 'Charged in this period.' },
    amountMinor: { label: 'Amount', unit: 'money', text: 'After their discounts.' },
  },
  async read(asked) {
    const counted = await instalmentsByPeriod(asked.em, asked.currency, asked.span);
    return pointsOf(asked, counted, ({ count = 0, minor = 0 }) => ({ instalments: count, amountMinor: minor }));
  },
};

export const credits: Metric = {
  id: 'CreditsMetric',
  title: 'Credits issued and used',
  text: 'Call credits by what became of them, each when it did.',
  isOfCurrency: false,
  interval: 'month',
  shown: 'issued',
  series: {
    issued: { label: 'Issued', unit: 'count', text: 'By the rule or by hand.' },
    used: { label: 'Used', unit: 'count', text: 'Spent on a call.' },
    expired: { label: 'Expired', unit: 'count', text: 'Not used in time.' },
    forfeited: { label: 'Forfeited', unit: 'count', text: 'Taken away, or gone with the billing.' },
  },
  async read(asked) {
    const names = ['credits_issued', 'credits_spent', 'credits_expired', 'credits_forfeited'] as const;
    const counted = await countedByPeriod(asked.em, names, '', asked.span);
    return pointsOf(asked, counted, (of) => ({
      issued: of.credits_issuedCount ?? 0,
      used: of.credits_spentCount ?? 0,
      expired: of.credits_expiredCount ?? 0,
      forfeited: of.credits_forfeitedCount ?? 0,
    }));
  },
};
