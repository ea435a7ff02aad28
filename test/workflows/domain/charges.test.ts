import { describe, expect, test } from '@jest/globals';
import { chargesUntil, nextCharge, runningCycle } from '../../../workflows/domain/charges.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { aPlan } from '../../builders/plan.ts';
import { aCancellation, aPayment, aPurchase, FEB_28, MAR_31, MONTHLY, T0 } from '../../builders/purchase.ts';

test('the rhythm is counted from its first anchor, although the running period began on a shorter month’s last day', () => {
  const state = aPurchase({
    billing: { periodStart: FEB_28, periodEnd: MAR_31 },
    payments: [aPayment(), aPayment({ paymentId: 'in_2', paidAt: FEB_28, periodStart: FEB_28, periodEnd: MAR_31 })],
  });

  const dates = chargesUntil(state, '2027-07-01T00:00:00.000Z').map(
    (effect) => 'at' in effect && effect.at.slice(0, 10),
  );

  expect(dates).toEqual(['2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30']);
});

test('a period that was moved at Stripe, so that no known instant leads to it, is counted from its end', () => {
  const state = aPurchase({ billing: { periodStart: T0, periodEnd: '2027-03-10T00:00:00.000Z' } });

  const dates = chargesUntil(state, '2027-04-20T00:00:00.000Z').map((effect) => 'at' in effect && effect.at);

  expect(dates).toEqual(['2027-03-10T00:00:00.000Z', '2027-04-10T00:00:00.000Z']);
});

test('a date thousands of years ahead gives a short list and one sum', () => {
  const effects = chargesUntil(aPurchase(), '9999-12-31T23:59:59.000Z');

  expect(effects).toHaveLength(62);
  expect(effects.at(-2)).toEqual({
    kind: 'further_charges',
    from: '2032-02-29T09:00:00.000Z',
    until: '9999-11-30T09:00:00.000Z',
    count: 95_614,
    currency: 'usd',
    amountMinor: 95_614 * 4_900,
  });
});

test('the largest amounts are prorated to the unit', () => {
  const price = { kind: 'subscription' as const, interval: 'year' as const, trialDays: 0, setupFeeMinor: 0 };
  const state = aPurchase({
    terms: { price: { ...price, amountMinor: 999_999_999_999, currency: 'idr' } },
    billing: { periodEnd: '2028-01-31T09:00:00.000Z' },
    payments: [],
  });

  expect(chargesUntil(state, '2028-01-31T09:00:01.000Z')).toMatchObject([{ amountMinor: 31_623 }]);
});

test('the next charge is the part that a cancellation leaves of its period [R8.1]', () => {
  const state = aPurchase({ billing: { cancellation: aCancellation('2027-03-15T21:00:00.000Z') } });

  expect(nextCharge(state)).toEqual({ at: FEB_28, amountMinor: 2450, currency: 'usd' });
});

test('the next charge makes up for what a cancellation that was undone had left unbilled [R8.1]', () => {
  const half = aPayment({ paymentId: 'in_2', periodStart: FEB_28, periodEnd: '2027-03-15T21:00:00.000Z' });
  const state = aPurchase({ billing: { periodStart: FEB_28, periodEnd: MAR_31 }, payments: [aPayment(), half] });

  expect(nextCharge(state)).toEqual({ at: MAR_31, amountMinor: 7350, currency: 'usd' });
});

describe('where a code has settled the first period, so that it has no payment', () => {
  const renewed = { paymentId: 'in_2', paidAt: FEB_28, periodStart: FEB_28, periodEnd: MAR_31 };
  const period = { periodStart: FEB_28, periodEnd: MAR_31 };

  test.each([
    ['the start of the purchase', T0],
    ['the end of the period, where that is not known to the second', '2027-01-31T09:00:03.000Z'],
  ])('its cycles are counted from %s', (_what, startedAt) => {
    const payments = [aPayment(renewed)];
    const billing = { ...period, cancellation: aCancellation(MAR_31) };

    expect(runningCycle(aPurchase({ startedAt, billing, payments }))).toMatchObject({ start: FEB_28, end: MAR_31 });
    const plan = aPlan({ paid: 2, total: 3, startedAt, billing, payments });
    expect(dueList(plan).map(({ kind, at }) => [kind, at])).toEqual([['cancellation', MAR_31]]);
  });

  test('a date inside a period cuts it off its calendar', () => {
    const cut = '2027-03-15T21:00:00.000Z';
    const billing = { ...period, periodEnd: cut, cancellation: aCancellation(cut) };

    expect(runningCycle(aPurchase({ billing, payments: [aPayment(renewed)] }))).toMatchObject({ end: MAR_31 });
  });
});

test('an offer that is changed at the very instant at which its period began has paid for the whole of its new one', () => {
  const price = { ...MONTHLY, interval: 'year', amountMinor: 29_000 } as const;
  const state = aPurchase({
    terms: { price },
    offerChangedAt: T0,
    billing: { periodStart: T0, periodEnd: '2028-01-31T09:00:00.000Z' },
    payments: [aPayment({ periodStart: T0, periodEnd: FEB_28 })],
  });

  expect(nextCharge(state)).toEqual({ at: '2028-01-31T09:00:00.000Z', amountMinor: 29_000, currency: 'usd' });
});
