import { describe, expect, test } from '@jest/globals';
import { addIntervals } from '../../../workflows/domain/calendar.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { paidInAll, withoutEarlier, withRecalled } from '../../../workflows/domain/earlier-payments.ts';
import type { Payment } from '../../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { runningCycle } from '../../../workflows/domain/charges.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { refund } from '../../../workflows/verbs/refund.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { recordOf } from '../../../workflows/purchase/pass-record.ts';
import { BIMONTHLY, CreditLife } from '../../builders/credits.ts';
import {
  aCommand,
  anInvoice,
  aPayment,
  aPurchase,
  aRefund,
  askedBy,
  aSubscription,
  at,
  commandRow,
  factRow,
  MONTHLY,
  T0,
  taken,
} from '../../builders/purchase.ts';

const monthAt = (n: number): Instant => addIntervals(T0, 'month', n);
const paid = (n: number, given: Partial<Payment> = {}) =>
  aPayment({ paymentId: `in_${n}`, paidAt: monthAt(n), periodStart: monthAt(n), periodEnd: monthAt(n + 1), ...given });

/** Monthly from 31 January, with so many payments; the window is long over. */
function aged(count: number, given: Record<number, Partial<Payment>> = {}): PurchaseState {
  const payments = Array.from({ length: count }, (_, n) => paid(n, given[n]));
  const billing = { periodStart: monthAt(count - 1), periodEnd: monthAt(count) };
  const refundWindow = { opensAt: T0, closesAt: addDays(T0, 30), usedAt: null, closedAt: addDays(T0, 30) };
  return aPurchase({
    payments,
    billing,
    refundWindow,
    stripe: { asOf: monthAt(count - 1), readAt: null, checkedAt: null },
  });
}

const idsOf = ({ payments }: PurchaseState) => payments.map(({ paymentId }) => paymentId);
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `in_${from + index}`);
/** What a record of a pass leaves in the snapshot, and what it writes to Postgres. */
const recorded = (before: PurchaseState, now: Instant, ...rows: Parameters<typeof taken>[0]) => {
  const result = runPass(before, taken(rows), at(now), null);
  return { result, ...recordOf(result, { state: before, epoch: 1, revision: 1 }, now, null) };
};

describe('what stays in the snapshot', () => {
  test('all payments of a purchase that has few', () => {
    const state = aged(12);

    expect(withoutEarlier(state)).toBe(state);
  });

  test('the latest, those of the window, and the first of the rhythm; of the others the sums', () => {
    const state = withoutEarlier(aged(30));

    expect(idsOf(state)).toEqual([...ids(0, 1), ...ids(18, 29)]);
    expect(state.earlierPayments).toEqual({ count: 16, leftMinor: 16 * 4900, until: monthAt(17) });
    expect(withoutEarlier(state)).toBe(state);
    expect(paidInAll(state)).toEqual({ amountMinor: 30 * 4900, currency: 'usd' });
  });

  test('whatever a refund, a dispute, a verb or a person is still busy with', () => {
    const someRefund = { refundId: 're_1', amountMinor: 900, createdAt: monthAt(3), commandId: null };
    const dispute = { disputeId: 'dp_1', amountMinor: 4900, since: monthAt(3) };
    const state = withoutEarlier({
      ...aged(30, {
        3: { refunds: [{ ...someRefund, status: 'pending' }] },
        4: { refunds: [{ ...someRefund, status: 'succeeded' }] },
        5: { disputes: [{ ...dispute, status: 'inquiry' }] },
        6: { disputes: [{ ...dispute, status: 'lost' }], disputedAt: monthAt(7) },
        7: { disputes: [{ ...dispute, status: 'won' }] },
      }),
      attentions: [{ id: 'in_9', reason: 'payment_after_end', since: T0, command: null }],
    });
    const asked = commandRow(
      aCommand('refund', { paymentId: 'in_8', amountMinor: null, billing: 'keep', access: 'keep' }),
    );
    const pending = recorded(withRecalled(state, [paid(8)]), monthAt(30), asked).state;

    expect(idsOf(state)).toEqual(['in_0', 'in_1', 'in_3', 'in_5', 'in_6', 'in_9', ...ids(18, 29)]);
    expect(pending.pending?.writes).toEqual([{ op: 'refund', paymentId: 'in_8', amountMinor: 4900 }]);
    expect(idsOf(pending)).toContain('in_8');
    expect(paidInAll(pending)).toEqual(paidInAll(state));
  });

  test('the periods are counted from the same day: 31 January, after a 28th of February', () => {
    const [whole, cut] = [aged(26), withoutEarlier(aged(26))];

    expect(idsOf(cut)).toHaveLength(14);
    expect(runningCycle(cut)).toEqual(runningCycle(whole));
    expect(runningCycle(cut)?.anchor).toBe(T0);
  });
});

describe('a payment that Postgres alone has', () => {
  const state = withoutEarlier(aged(30));

  test('comes back by its row, is refunded there, and goes again with the record', () => {
    const fact = factRow(aRefund({ paymentId: 'in_5', createdAt: monthAt(29) }), monthAt(29));
    const { state: next, payments, entries } = recorded(withRecalled(state, [paid(5)]), monthAt(29), fact);

    expect(entries.map(({ type }) => type)).toEqual(['refund.succeeded']);
    expect(payments).toMatchObject([{ paymentId: 'in_5', refunds: [{ refundId: 're_1', amountMinor: 1000 }] }]);
    expect(idsOf(next)).toEqual(idsOf(state));
    expect(next.earlierPayments).toEqual({ ...state.earlierPayments, leftMinor: 16 * 4900 - 1000 });
  });

  test('is no news when its event comes once more, or a reading lists it', () => {
    const again = factRow(anInvoice({ invoiceId: 'in_5', paidAt: monthAt(5), periodStart: monthAt(5) }), monthAt(5));
    const listed = [5, 17].map((n) => anInvoice({ invoiceId: `in_${n}`, paidAt: monthAt(n), periodStart: monthAt(n) }));
    const read = runPass(state, taken([]), at(monthAt(29)), {
      objects: [...listed, aSubscription({ periodStart: monthAt(29), periodEnd: monthAt(30) })],
      at: monthAt(29),
      covers: [],
    });

    expect(recorded(withRecalled(state, [paid(5)]), monthAt(29), again).result).toMatchObject({
      entries: [],
      ends: [{ state: 'no_change' }],
    });
    expect(read.entries).toEqual([]);
    expect(idsOf(read.state)).toEqual(idsOf(state));
  });

  test('that never arrived is taken when its event does, and needs no room afterwards', () => {
    const late = factRow(
      anInvoice({ invoiceId: 'in_late', paidAt: addDays(monthAt(5), 1), periodStart: monthAt(5) }),
      monthAt(5),
    );
    const { state: next, payments, entries } = recorded(state, monthAt(29), late);

    expect(entries.map(({ type }) => type)).toEqual(['payment.succeeded']);
    expect(payments.map(({ paymentId }) => paymentId)).toEqual(['in_late']);
    expect(idsOf(next)).toEqual(idsOf(state));
    expect(next.earlierPayments?.count).toBe(17);
  });

  test('can be refunded although nothing else can, and of no other purchase is one', () => {
    const spent = {
      refunds: [{ refundId: 're_1', amountMinor: 4900, status: 'succeeded' as const, createdAt: T0, commandId: null }],
    };
    const rest = withoutEarlier(
      aged(30, Object.fromEntries([0, 1, ...Array.from({ length: 12 }, (_, n) => n + 18)].map((n) => [n, spent]))),
    );
    const input = { paymentId: 'in_5', amountMinor: null, billing: 'keep' as const, access: 'keep' as const };
    const named = withRecalled(rest, [paid(5)]);

    expect(refund.forbids(rest, T0)).toBeNull();
    expect(ask('refund', named, input, askedBy(monthAt(29)))).toBeNull();
    expect(ask('refund', rest, { ...input, paymentId: 'in_other' }, askedBy(monthAt(29)))).toMatchObject({
      code: 'unknown_payment',
    });
  });
});

test('ten weekly years, with every credit open and held for a call, take less than 32 kB', () => {
  const rule = { ...BIMONTHLY, perYear: 60, issue: 'period_start' as const };
  const life = new CreditLife({ rule, price: { ...MONTHLY, interval: 'week' } });
  for (let week = 0; week < 520; week += 1) {
    life.pay(week);
    life.state = withoutEarlier(life.state);
  }
  const now = addDays(life.at(519), 1);
  for (let n = 0; n < 60; n += 1) {
    const startsAt = addDays(now, 0.9 * (n + 1));
    const call = { callId: `01930000-0000-7000-8000-0000000000${n + 10}`, startsAt, endsAt: addDays(startsAt, 1) };
    life.ask(now, 'book-call', { ...call, expertIds: ['01930000-0000-7000-8000-000000000001'] });
  }

  const { payments, earlierPayments, credits, calls } = life.state;
  expect(payments.length + (earlierPayments?.count ?? 0)).toBe(520);
  expect(credits?.open.map(({ heldBy }) => heldBy === null)).toEqual(Array(60).fill(false));
  expect(calls).toHaveLength(60);
  expect(Buffer.byteLength(JSON.stringify(life.state))).toBeLessThan(32_000);
});
