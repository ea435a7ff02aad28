import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { productAccess } from '../../../workflows/domain/access.ts';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { billingStatus, nextChargeAt, type SubscriptionBilling } from '../../../workflows/domain/billing.ts';
import type { Context } from '../../../workflows/domain/change.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import type { HeldDiscount } from '../../../workflows/domain/discount.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { leftToPay, planEndsAt, stopWanted } from '../../../workflows/domain/plan-ahead.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { anInstalment, aPlan, aPlanCheckout, inMonth, month } from '../../builders/plan.ts';
import { aCancellation, anEnd, anOverdue, aPause, aPurchase, contextAt, event, T0 } from '../../builders/purchase.ts';

function change(state: PurchaseState, object: StripeObject, at: Instant, given: Partial<Context> = {}) {
  const outcome = applyFact(state, event(object, at), contextAt(at, given));
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  const { next, entries, emails, followUps } = outcome.change;
  return { next, entries: entries.map(({ type, data }) => [type, data]), emails, followUps };
}

const stateAfter = (state: PurchaseState, heard: [StripeObject, Instant][]): PurchaseState =>
  heard.reduce((known, [object, at]) => {
    const outcome = applyFact(known, event(object, at), contextAt(at));
    return outcome.kind === 'changed' ? outcome.change.next : known;
  }, state);

const dues = (state: PurchaseState) => dueList(state).map(({ kind, at }) => [kind, at]);
const open = (state: PurchaseState, at: Instant) => productAccess(state, at).every((product) => product.open);

describe('a payment plan counts paid instalments [R5.2, R7.2]', () => {
  test('the first with the purchase', () => {
    const bought = change(stateAfter(aPlanCheckout(), [[anInstalment(0), T0]]), inMonth(0), T0);

    expect(bought.entries).toEqual([
      ['purchase.bought', {}],
      ['payment.succeeded', expect.objectContaining({ instalment: 1, instalments: 6 })],
    ]);
    expect(instalmentsOf(bought.next.billing)).toEqual({ paid: 1, total: 6 });
    expect(nextChargeAt(bought.next.billing)).toBe(month(1));
  });

  test('the next with its own number and receipt', () => {
    const paid = change(aPlan({ paid: 2 }), anInstalment(2), month(2));

    expect(paid.entries).toEqual([['payment.succeeded', expect.objectContaining({ instalment: 3, instalments: 6 })]]);
    expect(paid.emails.map(({ kind }) => kind)).toEqual(['payment-receipt']);
    expect(paid.followUps).toEqual([]);
    expect(instalmentsOf(paid.next.billing)).toEqual({ paid: 3, total: 6 });
  });

  test('told again it counts no more', () => {
    expect(applyFact(aPlan({ paid: 3 }), event(anInstalment(2), month(2)), contextAt(month(2)))).toEqual({
      kind: 'no_change',
    });
  });

  test('settled at zero it counts, and is no payment [R27.1]', () => {
    const settled = change(aPlan({ paid: 2 }), anInstalment(2, { amountPaidMinor: 0 }), month(2));

    expect(settled.entries).toEqual([
      ['purchase.instalment-settled', { invoiceId: 'in_2', instalment: 3, instalments: 6 }],
    ]);
    expect([settled.emails, settled.followUps]).toEqual([[], []]);
    expect(settled.next.payments).toHaveLength(2);
    expect(instalmentsOf(settled.next.billing)).toEqual({ paid: 3, total: 6 });
    expect(settled.next.billing).toMatchObject({ periodStart: month(2), periodEnd: month(3) });
  });

  test('a failed try and a voided invoice do not count, and move its end out', () => {
    const failed = anInstalment(2, { status: 'open', trouble: 'failed', nextTryAt: addDays(month(2), 3) });
    const overdue = stateAfter(aPlan({ paid: 2 }), [
      [inMonth(2), month(2)],
      [failed, month(2)],
    ]);
    const voided = stateAfter(overdue, [[anInstalment(2, { status: 'void' }), addDays(month(2), 1)]]);

    expect([instalmentsOf(overdue.billing), planEndsAt(overdue)]).toEqual([{ paid: 2, total: 6 }, month(5)]);
    expect([instalmentsOf(voided.billing), planEndsAt(voided)]).toEqual([{ paid: 2, total: 6 }, month(6)]);
  });
});

describe('the last instalment completes it', () => {
  const last = () => change(aPlan({ paid: 5 }), anInstalment(5), month(5));

  test('at its instant, with one email; access stays, and billing is ended at Stripe', () => {
    const { next, entries, emails, followUps } = last();

    expect(entries).toEqual([
      ['payment.succeeded', expect.objectContaining({ instalment: 6, instalments: 6 })],
      ['purchase.completed', { instalments: 6 }],
    ]);
    expect(emails.map(({ kind, data }) => [kind, data])).toEqual([['plan-completed', { paymentId: 'in_5' }]]);
    expect(followUps).toEqual([{ name: 'end-billing', input: { cause: 'completed' }, at: month(5) }]);
    expect(next.billing).toMatchObject({ ended: { at: month(5), cause: 'completed', by: SYSTEM, endsAccess: false } });
    expect(billingStatus(next.billing)).toBe('completed');
    expect([open(next, month(30)), nextChargeAt(next.billing), dueList(next)]).toEqual([true, null, []]);
    expect(next.version).toBe(2);
  });

  test('with its receipt where that email is off', () => {
    const settings = { ...DEFAULT_SETTINGS, emailsOff: ['plan-completed'] };
    const { emails } = change(aPlan({ paid: 5 }), anInstalment(5), month(5), { settings });

    expect(emails.map(({ kind }) => kind)).toEqual(['payment-receipt']);
  });

  test('while paused, overdue or canceling too: nothing of that is left', () => {
    const billing = {
      pause: aPause({ access: 'suspend' }),
      overdue: [anOverdue({ invoiceId: 'in_x' })],
      cancellation: aCancellation(month(6)),
    };
    const { next } = change(aPlan({ paid: 5, billing }), anInstalment(5), month(5));

    expect(next.billing).toMatchObject({ pause: null, overdue: [], cancellation: null });
    expect(open(next, month(5))).toBe(true);
  });

  test('settled at zero it completes as well', () => {
    const { next, emails } = change(aPlan({ paid: 5 }), anInstalment(5, { amountPaidMinor: 0 }), month(5));

    expect(billingStatus(next.billing)).toBe('completed');
    expect(emails.map(({ kind, data }) => [kind, data])).toEqual([['plan-completed', { paymentId: null }]]);
  });

  test('whatever Stripe says of it then changes nothing', () => {
    const { next } = last();
    const ended = inMonth(5, { status: 'canceled', endedAt: month(5), endReason: 'cancellation_requested' });

    expect(applyFact(next, event(ended, month(5)), contextAt(month(5)))).toEqual({ kind: 'no_change' });
  });

  test('one payment more is kept, needs attention, and counts for nothing', () => {
    const { next, entries } = change(last().next, anInstalment(6), month(6));

    expect(entries).toEqual([['payment.succeeded', expect.not.objectContaining({ instalments: 6 })]]);
    expect(next.attentions).toMatchObject([{ id: 'in_6', reason: 'payment_after_end' }]);
    expect(instalmentsOf(next.billing)).toEqual({ paid: 6, total: 6 });
  });

  test.each(['external', 'delinquent'] as const)('heard after an %s end at Stripe, it was complete', (cause) => {
    const ended = aPlan({ paid: 5, billing: { ended: anEnd({ at: addDays(month(5), 1), cause }) } });
    const { next, followUps } = change(ended, anInstalment(5), addDays(month(5), 2));

    expect(billingStatus(next.billing)).toBe('completed');
    expect([open(next, month(7)), followUps]).toEqual([true, [expect.objectContaining({ name: 'end-billing' })]]);
  });

  test('what a person has canceled stays canceled', () => {
    const ended = aPlan({ paid: 5, billing: { ended: anEnd({ at: addDays(month(5), 1) }) } });

    expect(billingStatus(change(ended, anInstalment(5), addDays(month(5), 2)).next.billing)).toBe('canceled');
  });
});

describe('what is left to pay of a plan', () => {
  const half = (given: Partial<HeldDiscount>): HeldDiscount => ({
    discountId: 'di_1',
    code: 'SPRING',
    promotionCodeId: null,
    percentOff: 50,
    amountOffMinor: null,
    currency: null,
    duration: 'forever',
    endsAt: null,
    ...given,
  });
  const left = (billing: Partial<SubscriptionBilling>, paid = 2) => leftToPay(aPlan({ paid, billing }))?.amountMinor;

  test.each<[string, HeldDiscount, number]>([
    ['for ever: of each', half({}), 4 * 2450],
    [
      'for four months: of the first four instalments',
      half({ duration: { months: 4 }, endsAt: month(4) }),
      2 * 2450 + 2 * 4900,
    ],
    ['once: of the next alone', half({ duration: 'once' }), 2450 + 3 * 4900],
    ['all of it', half({ percentOff: 100 }), 0],
  ])('is less by a code %s', (_name, discount, amount) => {
    expect(left({ discounts: [discount] })).toBe(amount);
  });

  test('counts what is overdue by its own sum, and what runs and waits for its payment', () => {
    const period = { periodStart: month(2), periodEnd: month(3) };

    expect(left({ ...period, overdue: [anOverdue({ invoiceId: 'in_2', amountMinor: 2450 })] })).toBe(2450 + 3 * 4900);
    expect(left(period)).toBe(4 * 4900);
  });

  test('is as of a pause that ends now where it has no date, and as of its date where it has one', () => {
    const discounts = [half({ duration: { months: 4 }, endsAt: month(4) })];

    expect(left({ discounts, pause: aPause() })).toBe(2 * 2450 + 2 * 4900);
    expect(left({ discounts, pause: aPause({ resumeAt: addDays(month(2), 10) }) })).toBe(2450 + 3 * 4900);
  });

  test('ends with a cancellation, and is nothing of what has ended or was sold in another way', () => {
    expect(left({ cancellation: aCancellation(month(4)) })).toBe(2 * 4900);
    expect(left({ ended: anEnd() })).toBeUndefined();
    expect(leftToPay(aPurchase())).toBeNull();
  });
});

describe('what is due of a plan', () => {
  test('each instalment that is left, of which the last completes it', () => {
    expect(dues(aPlan({ paid: 3 }))).toEqual([
      ['instalment', month(3)],
      ['instalment', month(4)],
      ['last-instalment', month(5)],
    ]);
  });

  test('is the same while the running instalment waits for its payment', () => {
    const turned = stateAfter(aPlan({ paid: 2 }), [[inMonth(2), month(2)]]);

    expect(dues(turned)).toEqual(dues(aPlan({ paid: 3 })));
    expect(stopWanted(turned)).toBe(month(6));
  });

  test('only the next try, where the last instalment has failed', () => {
    const billing = { periodStart: month(5), periodEnd: month(6), overdue: [anOverdue({ invoiceId: 'in_5' })] };
    const state = aPlan({ paid: 5, billing });

    expect(dues(state).map(([kind]) => kind)).toEqual(['payment-retry', 'period-ends']);
    expect(nextChargeAt(state.billing)).toBeNull();
  });

  test('none of them while it is paused without a date; with one, from then on', () => {
    const paused = (resumeAt: Instant | null) => aPlan({ paid: 2, billing: { pause: aPause({ resumeAt }) } });
    const resumeAt = addDays(month(4), 10);

    expect(dues(paused(null))).toEqual([['period-ends', month(2)]]);
    expect(dues(paused(resumeAt))).toEqual([
      ['period-ends', month(2)],
      ['resume', resumeAt],
      ['instalment', month(5)],
      ['instalment', month(6)],
      ['instalment', month(7)],
      ['last-instalment', month(8)],
    ]);
  });

  test('those before a cancellation, which comes first at one instant', () => {
    const canceling = aPlan({ paid: 3, billing: { cancellation: aCancellation(month(4)) } });

    expect(dues(canceling)).toEqual([
      ['instalment', month(3)],
      ['cancellation', month(4)],
    ]);
  });
});

describe('the safety stop at Stripe', () => {
  test('stands at the end of the period that the last instalment pays for', () => {
    expect(stopWanted(aPlan({ paid: 1 }))).toBe(month(6));
    expect(stopWanted(aPlan({ paid: 5 }))).toBe(month(6));
  });

  test.each([
    ['paused', { pause: aPause() }],
    ['canceling', { cancellation: aCancellation(month(3)) }],
    ['over', { ended: anEnd() }],
  ])('is not wanted where it is %s', (_why, billing) => {
    expect(stopWanted(aPlan({ billing }))).toBeNull();
  });

  test('is no pending cancellation, wherever it was set', () => {
    const plan = aPlan({ paid: 2 });
    const heard = (cancelAt: Instant) => stateAfter(plan, [[inMonth(1, { cancelAt }), addDays(month(1), 1)]]).billing;

    expect(heard(month(6))).toEqual(plan.billing);
    expect(heard(addDays(month(5), 3))).toEqual(plan.billing);
    expect(heard(month(4))).toMatchObject({ cancellation: { at: month(4), cause: 'external' } });
  });

  test('reached with an instalment unpaid, it ended unpaid', () => {
    const plan = aPlan({ paid: 5, billing: { periodStart: month(5), periodEnd: month(6) } });
    const ended = inMonth(5, { status: 'canceled', cancelAt: month(6), endedAt: month(6) });

    expect(stateAfter(plan, [[ended, month(6)]]).billing).toMatchObject({ ended: { cause: 'delinquent', by: SYSTEM } });
  });
});

describe('whatever is heard, in whatever order', () => {
  const THREE = 3;
  const monthOf = (n: number, isPaid: boolean): [StripeObject, Instant][] => [
    [inMonth(n), month(n)],
    ...(isPaid ? [] : [failedIn(n), voidedIn(n)]),
    ...(isPaid ? [[anInstalment(n), month(n)] as [StripeObject, Instant]] : []),
  ];
  const failedIn = (n: number): [StripeObject, Instant] => [
    anInstalment(n, { status: 'open', trouble: 'failed', nextTryAt: addDays(month(n), 3) }),
    month(n),
  ];
  const voidedIn = (n: number): [StripeObject, Instant] => [anInstalment(n, { status: 'void' }), addDays(month(n), 1)];
  const told = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }).chain((months) => {
    const heard = months.flatMap((isPaid, n) => monthOf(n + 1, isPaid));
    return fc.record({
      paid: fc.constant(1 + months.filter(Boolean).length),
      mixed: fc.shuffledSubarray([...heard, ...heard], { minLength: heard.length * 2 }),
    });
  });

  test('instalments never exceed their number, a plan is complete with the last, and nothing follows', () => {
    fc.assert(
      fc.property(told, ({ paid, mixed }) => {
        let isComplete = false;
        const plan = mixed.reduce(
          (known, heard) => {
            const after = stateAfter(known, [heard]);
            const counted = instalmentsOf(after.billing)?.paid ?? 0;
            expect(counted).toBeLessThanOrEqual(THREE);
            expect(billingStatus(after.billing) === 'completed').toBe(counted === THREE);
            if (isComplete) expect([nextChargeAt(after.billing), stopWanted(after)]).toEqual([null, null]);
            isComplete = counted === THREE;
            return after;
          },
          aPlan({ paid: 1, total: THREE }),
        );

        expect(instalmentsOf(plan.billing)?.paid).toBe(Math.min(THREE, paid));
        expect(plan.payments).toHaveLength(paid);
        expect(plan.attentions).toHaveLength(Math.max(0, paid - THREE));
      }),
      { numRuns: 300 },
    );
  });

  test('while it is paused no charge is due, and nothing counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 12 }), (paid, months) => {
        const paused = aPlan({ paid, billing: { pause: aPause() } });
        const voided = Array.from({ length: months }, (_, n) => paid + n).flatMap((n): [StripeObject, Instant][] => [
          [inMonth(n, { pause: { resumesAt: null } }), month(n)],
          [anInstalment(n, { status: 'void' }), month(n)],
        ]);
        const later = stateAfter(paused, voided);

        expect(instalmentsOf(later.billing)).toEqual({ paid, total: 6 });
        expect([nextChargeAt(later.billing), dues(later).map(([kind]) => kind)]).toEqual([null, ['period-ends']]);
        const resumed = stateAfter(later, [[inMonth(paid + months - 1), addDays(month(paid + months - 1), 9)]]);
        expect(dues(resumed).map(([, at]) => at)).toEqual(
          Array.from({ length: 6 - paid }, (_, n) => month(paid + months + n)),
        );
      }),
    );
  });
});
