import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyReading } from '../../../workflows/domain/apply-reading.ts';
import { compare } from '../../../workflows/domain/compare.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import {
  after,
  anEnd,
  anInvoice,
  anOverdue,
  aPause,
  aPayment,
  aPurchase,
  aSubscription,
  contextAt,
  FEB_28,
  GOLD,
  MAR_31,
  T0,
} from '../../builders/purchase.ts';

const NOW = after(3600);
const FIRST = anInvoice({ invoiceId: 'in_1', paidAt: T0, periodStart: T0, periodEnd: FEB_28 });
const read = (state: ReturnType<typeof aPurchase>, objects: StripeObject[]) =>
  compare(state, { objects, at: NOW }, contextAt(NOW)).map(({ kind, here, there }) => ({ kind, here, there }));
const PURCHASE = aPurchase({ payments: [aPayment({ paymentId: 'in_1' })] });

describe('what differs from Stripe [R22.2]', () => {
  test('nothing, where both say the same', () => {
    expect(read(PURCHASE, [FIRST, aSubscription()])).toEqual([]);
  });

  test('a pause, a date, a period, a price and an end, each by itself', () => {
    expect(read(PURCHASE, [FIRST, aSubscription({ pause: { resumesAt: MAR_31 } })])).toEqual([
      { kind: 'status', here: { status: 'active' }, there: { status: 'paused', resumeAt: MAR_31 } },
    ]);
    expect(read(PURCHASE, [FIRST, aSubscription({ cancelAt: FEB_28 })])).toEqual([
      { kind: 'cancellation', here: { cancelAt: null }, there: { cancelAt: FEB_28 } },
    ]);
    expect(read(PURCHASE, [FIRST, aSubscription({ periodStart: FEB_28, periodEnd: MAR_31 })])).toMatchObject([
      { kind: 'period', here: { periodEnd: FEB_28 }, there: { periodEnd: MAR_31 } },
    ]);
    expect(read(PURCHASE, [FIRST, aSubscription({ perPeriod: { amountMinor: 100, currency: 'usd' } })])).toMatchObject([
      { kind: 'price', here: { amountMinor: 4_900 }, there: { amountMinor: 100 } },
    ]);
    expect(read(PURCHASE, [FIRST, aSubscription({ soldAs: GOLD })])).toMatchObject([
      { kind: 'price', there: { offerId: GOLD.offerId } },
    ]);
    expect(read(PURCHASE, [FIRST, aSubscription({ status: 'canceled', endedAt: NOW })])).toEqual([
      { kind: 'status', here: { status: 'active' }, there: { status: 'canceled' } },
    ]);
  });

  test('a resume date alone is another pause', () => {
    const paused = aPurchase({ ...PURCHASE, billing: { pause: aPause({ resumeAt: FEB_28 }) } });

    expect(read(paused, [FIRST, aSubscription({ pause: { resumesAt: MAR_31 } })])).toMatchObject([
      { kind: 'status', here: { resumeAt: FEB_28 }, there: { resumeAt: MAR_31 } },
    ]);
  });

  test('payments on one side only; what is older than all that Stripe listed is not missing', () => {
    const second = anInvoice({ invoiceId: 'in_2', paidAt: FEB_28 });
    const before = aPayment({ paymentId: 'in_0', paidAt: '2026-01-31T09:00:00.000Z' });
    const late = aPayment({ paymentId: 'in_9', paidAt: MAR_31 });
    const state = aPurchase({ payments: [before, aPayment({ paymentId: 'in_1' }), late] });

    expect(read(state, [FIRST, second, aSubscription()]).map(({ kind }) => kind)).toEqual([
      'payment_missing_here',
      'payment_missing_there',
    ]);
  });

  test('an unpaid invoice that is not known here, or that Stripe does not try any more', () => {
    const open = anInvoice({ invoiceId: 'in_2', status: 'open', paidAt: null, attempts: 4, nextTryAt: null });
    const failed: StripeObject = { ...open, trouble: 'failed' };
    const known = aPurchase({ ...PURCHASE, billing: { overdue: [anOverdue({ invoiceId: 'in_2' })] } });

    expect(read(PURCHASE, [FIRST, failed, aSubscription()])).toMatchObject([{ kind: 'unpaid_forgotten', here: null }]);
    expect(read(known, [FIRST, failed, aSubscription()])).toMatchObject([
      { kind: 'unpaid_forgotten', here: { status: 'open' } },
    ]);
    const tried: StripeObject = { ...failed, attempts: 1, nextTryAt: MAR_31 };
    expect(read(known, [FIRST, tried, aSubscription()])).toEqual([]);
  });

  test('a subscription that Stripe does not have; one that has ended here is not missed', () => {
    expect(read(PURCHASE, [])).toEqual([{ kind: 'missing_there', here: { status: 'active' }, there: null }]);
    expect(read(aPurchase({ billing: { ended: anEnd() } }), [])).toEqual([]);
  });

  test('what was read is no difference any more, whatever Stripe said', () => {
    const instants = fc.constantFrom(FEB_28, MAR_31);
    const subscriptions = fc.record({
      status: fc.constantFrom('active' as const, 'trialing' as const, 'canceled' as const, 'paused' as const),
      pause: fc.option(fc.record({ resumesAt: fc.option(instants) })),
      cancelAt: fc.option(instants),
      periodEnd: instants,
      perPeriod: fc.record({ amountMinor: fc.integer({ min: 50, max: 9_999 }), currency: fc.constant('usd') }),
    });
    fc.assert(
      fc.property(subscriptions, fc.boolean(), (given, hasSecond) => {
        const second = hasSecond ? [anInvoice({ invoiceId: 'in_2', paidAt: FEB_28 })] : [];
        const objects = [FIRST, ...second, aSubscription({ ...given, endedAt: null })];
        const reading = { objects, at: NOW };
        const { next } = applyReading(PURCHASE, reading, contextAt(NOW));

        expect(compare(next, reading, contextAt(NOW))).toEqual([]);
      }),
    );
  });
});
