import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { productAccess, reachPerProduct } from '../../../workflows/domain/access.ts';
import { billingStatus, overdueOf } from '../../../workflows/domain/billing.ts';
import { pauseOf } from '../../../workflows/domain/billing-parts.ts';
import { addIntervals, INTERVALS } from '../../../workflows/domain/calendar.ts';
import { nextCharge } from '../../../workflows/domain/charges.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import { addDays, fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';
import { refundedMinor } from '../../../workflows/domain/payments.ts';
import type { Price } from '../../../workflows/domain/price.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aCheckout, aFree, aGrant, aOneTime, T0 } from '../../builders/purchase.ts';
import type { VerbName } from '../../../workflows/domain/verb.ts';
import { ModelStripe } from './model-stripe.ts';
import { WholeLife } from './a-whole-life.ts';

const HOUR_MS = 3_600_000;
const money = { amountMinor: 4900, currency: 'usd' } as const;

type Asked = readonly [name: VerbName, input: object];
type Begun = { life: WholeLife; stripe: ModelStripe | null };
type Terms = { accessDays: number | null };

const aSubscription = fc.record({
  kind: fc.constant('subscription' as const),
  amountMinor: fc.constant(4900),
  currency: fc.constant('usd'),
  interval: fc.constantFrom(...INTERVALS),
  trialDays: fc.constantFrom(0, 0, 10),
  setupFeeMinor: fc.constantFrom(0, 1500),
});

/** Prices of every kind: one that has none here does not compile. */
const PRICES: Record<Price['kind'], fc.Arbitrary<Price>> = {
  free: fc.constant({ kind: 'free' }),
  one_time: fc.constant({ kind: 'one_time', ...money }),
  subscription: aSubscription,
  payment_plan: fc.integer({ min: 2, max: 5 }).map((instalments) => ({ kind: 'payment_plan', ...money, instalments })),
};

const aPrice = fc.oneof(...Object.values(PRICES), PRICES.subscription, PRICES.payment_plan);

function begin(price: Price, isGrant: boolean, terms: Terms, at: Instant): Begun {
  const billed = (sold: ConstructorParameters<typeof ModelStripe>[0]): Begun => {
    const stripe = new ModelStripe(sold, at);
    return { stripe, life: new WholeLife(aCheckout({ price, ...terms }), stripe, at) };
  };
  if (isGrant) return { stripe: null, life: new WholeLife(aGrant(terms), null, T0) };
  switch (price.kind) {
    case 'free':
      return { stripe: null, life: new WholeLife(aFree(terms), null, T0) };
    case 'one_time':
      return { stripe: null, life: new WholeLife(aOneTime({ terms }), null, T0) };
    case 'subscription':
      return billed(price);
    case 'payment_plan':
      return billed({ amountMinor: price.amountMinor, interval: 'month', trialDays: 0, setupFeeMinor: 0 });
  }
}

const LATER = fc.integer({ min: 1, max: 90 });

/** What is asked, of a life that stands at `now`; whether it is legal is decided then. */
const aVerb = fc.oneof(
  LATER.chain((days) =>
    fc.constantFrom(
      (now: Instant) => ['pause', { resumeAt: addDays(now, days), access: 'suspend' }] as const,
      (now: Instant) => ['change-resume-date', { resumeAt: addDays(now, days) }] as const,
      (now: Instant) => ['access-start', { startsAt: addDays(now, days - 30) }] as const,
      () => ['extend', { days, until: null }] as const,
    ),
  ),
  fc.constantFrom(
    () => ['pause', { resumeAt: null, access: 'keep' }] as const,
    () => ['resume', {}] as const,
    () => ['cancel', { when: 'period_end', cancelAt: null }] as const,
    () => ['undo-cancel', {}] as const,
    () => ['revoke', { productIds: ['course'] }] as const,
    () => ['restore', { productIds: null }] as const,
    () => ['retry-payment', {}] as const,
  ),
  fc.constantFrom(
    () => ['refund', { paymentId: 'in_1', amountMinor: 1000, billing: 'keep', access: 'keep' }] as const,
    () => ['refund', { paymentId: 'in_2', amountMinor: null, billing: 'keep', access: 'keep' }] as const,
    () => ['refund', { paymentId: 'in_1', amountMinor: null, billing: 'cancel_now', access: 'revoke' }] as const,
    () => ['money-back', { override: false, hasReason: false }] as const,
    () => ['cancel', { when: 'now', cancelAt: null }] as const,
  ),
);

const aStep = fc.record({
  hours: fc.integer({ min: 1, max: 1500 }),
  verb: fc.option(aVerb, { freq: 3 }),
  cardWorks: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});

/** Month ends, leap days, and both changes of clocks in Europe and America. */
const STARTS = [
  T0,
  '2027-01-29T09:00:00.000Z',
  '2027-01-30T23:59:59.000Z',
  '2028-02-29T12:00:00.000Z',
  '2028-01-31T00:00:00.000Z',
  '2027-03-28T01:00:00.000Z',
  '2027-10-31T01:00:00.000Z',
  '2027-03-14T10:00:00.000Z',
  '2027-11-07T09:00:00.000Z',
];

const aWholeLife = fc.record({
  price: aPrice,
  isGrant: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  terms: fc.record({ accessDays: fc.constantFrom(null, null, 40) }),
  startsAt: fc.constantFrom(...STARTS),
  steps: fc.array(aStep, { minLength: 1, maxLength: 14 }),
});

/** Before Stripe acts: that is due at this instant, and what it charges is what is shown. */
function isAsSaid({ attempts }: ModelStripe, state: PurchaseState, at: Instant, act: () => void): void {
  const said = nextCharge(state);
  expect(dueList(state).map((due) => due.at)).toContain(at);
  const before = attempts.length;
  act();
  const [attempt, ...others] = attempts.slice(before);
  if (!attempt) return;
  expect(pauseOf(state.billing) === null || pauseOf(state.billing)?.resumeAt === at).toBe(true);
  expect(['canceled', 'completed']).not.toContain(billingStatus(state.billing));
  const isPlain = others.length === 0 && attempt.isRetry === overdueOf(state.billing).length > 0;
  if (isPlain && overdueOf(state.billing).length < 2 && !pauseOf(state.billing))
    expect(said).toEqual({ at, amountMinor: attempt.amountMinor, currency: 'usd' });
}

function holds({ life, stripe }: Begun): void {
  const { state, now } = life;
  const paid = state.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(paid).toBe(stripe ? stripe.attempts.reduce((sum, one) => sum + (one.isPaid ? one.amountMinor : 0), 0) : paid);
  for (const payment of state.payments) expect(refundedMinor(payment)).toBeLessThanOrEqual(payment.amountMinor);
  const counted = instalmentsOf(state.billing);
  if (counted) expect(state.payments.length).toBeLessThanOrEqual(counted.total);
  for (const product of productAccess(state, now)) {
    const isBlocked = product.blocks.length > 0 || state.startedAt === null;
    expect(product.open).toBe(!isBlocked);
    expect(reachPerProduct([state], now).get(product.productId)?.access).toBe(product.open);
  }
  expect(dueList(state).filter((due) => due.at < now)).toEqual([]);
}

describe('whole lives of every kind, with random verbs, failing cards and moves of the clock', () => {
  test('nothing is charged while paused or after the end, and all figures and dates come true', () => {
    fc.assert(
      fc.property(aWholeLife, ({ price, isGrant, terms, startsAt, steps }) => {
        const begun = begin(price, isGrant, terms, startsAt);
        const { life, stripe } = begun;
        for (const { hours, verb, cardWorks } of steps) {
          if (stripe) stripe.cardWorks = cardWorks;
          life.moveTo(fromMs(toMs(life.now) + hours * HOUR_MS), isAsSaid);
          holds(begun);
          const asked: Asked | null = verb && verb(life.now);
          if (asked) life.ask(...asked);
          holds(begun);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('undisturbed, every charge is on its calendar date', () => {
  const CASES = STARTS.flatMap((start) => INTERVALS.map((interval) => [interval, start] as const));

  test.each(CASES)('each %s from %s', (interval, start) => {
    const price = { kind: 'subscription', ...money, interval, trialDays: 0, setupFeeMinor: 0 } as const;
    const { life } = begin(price, false, { accessDays: null }, start);
    const count = interval === 'year' ? 5 : 26;

    life.moveTo(addIntervals(start, interval, count), isAsSaid);

    const dates = life.state.payments.map(({ paidAt }) => paidAt);
    expect(dates).toEqual(Array.from({ length: count + 1 }, (_, n) => addIntervals(start, interval, n)));
  });
});
