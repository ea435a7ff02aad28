import { describe, expect, test } from '@jest/globals';
import { addIntervals, type Interval } from '../../../workflows/domain/calendar.ts';
import { dueList, type DueKind } from '../../../workflows/domain/due.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';
import type { Price } from '../../../workflows/domain/price.ts';
import { T0 } from '../../builders/purchase.ts';
import { begin, changing, money, type Asked, type Begun } from './any-life.ts';
import { isAsSaid } from './is-as-said.ts';
import { OFFERS } from './model-offers.ts';

/** What each date of the list brings; a kind without its entries does not compile. */
const BRINGS: Record<DueKind, EntryType[]> = {
  'trial-ends': ['payment.succeeded', 'purchase.trial-ended'],
  'offer-change': ['purchase.offer-changed', 'purchase.schedule-released'],
  renewal: ['payment.succeeded'],
  instalment: ['payment.succeeded'],
  'last-instalment': ['payment.succeeded', 'purchase.completed', 'purchase.billing-ended'],
  'period-ends': [],
  'payment-retry': [],
  cancellation: ['purchase.canceled'],
  'credit-expiry': [],
  'credit-issue': [],
  resume: ['purchase.resumed'],
  'access-starts': ['purchase.access-started'],
  'access-expires': ['purchase.access-expired'],
  'access-suspends': ['purchase.access-suspended'],
  'last-warning': ['purchase.last-warning'],
  'card-notice': ['purchase.card-expiring'],
  'trial-notice': ['purchase.trial-ending'],
  'payment-notice': ['purchase.upcoming-payment'],
  'refund-window-closes': ['purchase.refund-window-closed'],
  'credit-warning': [],
  'call-reminder': [],
  'call-end': [],
  'stripe-overdue': [],
};

/** The end of a discount is no date of its own: the next charge is another, which is looked at. */
const NO_DATE: EntryType[] = ['purchase.discount-ended', 'purchase.plan-end-set'];

type Dated = readonly [type: EntryType, at: Instant];
type Case = Partial<Parameters<typeof begin>[0]> & { price: Price; asked?: Record<number, (begun: Begun) => Asked> };

const subscription = { kind: 'subscription', ...money, interval: 'month', trialDays: 0, setupFeeMinor: 0 } as const;
const plan = { kind: 'payment_plan', ...money, instalments: 6 } as const;
const once = { percentOff: 50, amountOffMinor: null, currency: null } as const;
const becoming = (index: number) => (begun: Begun) =>
  ['change-offer', changing(begun, { offer: OFFERS[index]!, when: 'period_end', proration: 'none' })] as const;
const pausing = (days: number) => (begun: Begun) =>
  ['pause', { resumeAt: addDays(begun.life.now, days), access: 'suspend' }] as const;

/** What is sold or given, and what is asked at the start of which of its periods. */
const CASES: Record<string, Case> = {
  'a grant': { price: { kind: 'free' }, isGrant: true },
  'a grant for some days': { price: { kind: 'free' }, isGrant: true, accessDays: 400 },
  'what is free': { price: { kind: 'free' }, accessDays: 100 },
  'what is paid once': { price: { kind: 'one_time', ...money }, accessDays: 90 },
  'a month': { price: subscription },
  'a week': { price: { ...subscription, interval: 'week' } },
  'a year': { price: { ...subscription, interval: 'year' }, accessDays: 500 },
  'a trial': { price: { ...subscription, trialDays: 10 } },
  'a trial with a setup fee': { price: { ...subscription, trialDays: 45, setupFeeMinor: 1500 } },
  'a plan': { price: plan },
  'a plan with days of access': { price: { ...plan, instalments: 12 }, accessDays: 200 },
  'a plan that is paused after its second payment': { price: plan, asked: { 1: pausing(92) } },
  'a plan that is canceled': {
    price: plan,
    asked: { 2: ({ life: { now } }) => ['cancel', { when: 'at', cancelAt: addDays(now, 45) }] },
  },
  'a month with a code for the next charge': { price: subscription, discount: { ...once, duration: 'once' } },
  'a trial with a code': { price: { ...subscription, trialDays: 10 }, discount: { ...once, duration: 'once' } },
  'a month with a code for three': { price: subscription, discount: { ...once, duration: { months: 3 } } },
  'a plan with a code': { price: plan, discount: { ...once, duration: { months: 2 } } },
  'a pause with its end': { price: subscription, asked: { 2: pausing(75), 8: pausing(10) } },
  'a pause without end': {
    price: subscription,
    asked: { 3: () => ['pause', { resumeAt: null, access: 'keep' }], 7: () => ['resume', {}] },
  },
  'a cancellation with the period': {
    price: subscription,
    asked: { 4: () => ['cancel', { when: 'period_end', cancelAt: null }] },
  },
  'a cancellation on a date': {
    price: subscription,
    asked: { 3: ({ life: { now } }) => ['cancel', { when: 'at', cancelAt: addDays(now, 140) }] },
  },
  'a cancellation on a date, undone in the part that it cut': {
    price: subscription,
    asked: {
      3: ({ life: { now } }) => ['cancel', { when: 'at', cancelAt: addDays(now, 45) }],
      4: () => ['undo-cancel', {}],
    },
  },
  'a change of offer': { price: subscription, asked: { 5: becoming(0), 9: becoming(1) } },
  'a change of offer to a year': { price: subscription, asked: { 5: becoming(2) } },
  'a change of offer, undone': { price: subscription, asked: { 5: becoming(2), 6: becoming(0) } },
  'a change of offer with the end of a trial': { price: { ...subscription, trialDays: 10 }, asked: { 0: becoming(2) } },
};

const STARTS = [T0, '2028-02-29T12:00:00.000Z', '2027-10-31T01:00:00.000Z'];
const GIVEN = ['a grant', 'a grant for some days', 'what is free', 'what is paid once'];

const sorted = (dated: Dated[]): Dated[] =>
  dated.toSorted((a, b) => (a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : a[1] < b[1] ? -1 : 1));

/** What is due up to the end of a period, told by what it brings. */
const announced = ({ life }: Begun, until: Instant): Dated[] =>
  dueList(life.state).flatMap(({ kind, at }) => (at <= until ? BRINGS[kind].map((type) => [type, at] as const) : []));

const happened = ({ life }: Begun, known: number): Dated[] =>
  life.entries.slice(known).flatMap(({ type, at }) => (NO_DATE.includes(type) ? [] : [[type, at] as const]));

/** Over 26 months, by periods of the price. */
function periodsOf(price: Price): { interval: Interval; count: number } {
  return 'interval' in price && price.interval === 'week'
    ? { interval: 'week', count: 113 }
    : { interval: 'month', count: 26 };
}

describe('what is due at the start of each period is what then happens, for 26 months [R23.1]', () => {
  const cases = Object.entries(CASES).flatMap(([name, of]) =>
    STARTS.filter((start) => start === T0 || !GIVEN.includes(name)).map((start) => [name, start, of] as const),
  );

  test.each(cases)('%s from %s', (_name, startsAt, { asked = {}, price, ...deal }) => {
    const begun = begin({ ...deal, price, startsAt });
    const { life } = begun;
    const { interval, count } = periodsOf(price);
    for (let n = 0; n < count; n += 1) {
      const verb = asked[n];
      if (verb) life.ask(...verb(begun));
      const known = life.entries.length;
      const until = addIntervals(startsAt, interval, n + 1);
      const said = announced(begun, until);

      life.moveTo(until, isAsSaid);

      expect({ n, came: sorted(happened(begun, known)) }).toEqual({ n, came: sorted(said) });
    }
  });
});
