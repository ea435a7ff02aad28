import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { billingStatus, nextChargeAt } from '../../../workflows/domain/billing.ts';
import type { HeldDiscount } from '../../../workflows/domain/discount.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import type { InvoiceFact } from '../../../workflows/domain/facts.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { restOf } from '../../../workflows/domain/pay-off.ts';
import { openWindow } from '../../../workflows/domain/refund-window.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../../workflows/domain/settings.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { applyAnswers, type WriteAnswer } from '../../../workflows/purchase/write-answer.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import { anInstalment, aPlan, month } from '../../builders/plan.ts';
import {
  aCancellation,
  aCommand,
  anEnd,
  anInvoice,
  anOverdue,
  aPause,
  askedBy,
  at,
  commandRow,
  contextAt,
  event,
  factRow,
  T0,
  taken,
} from '../../builders/purchase.ts';

const NOW = addDays(month(1), 10);
const EACH = 4900;
const HALF: HeldDiscount = {
  discountId: 'di_1',
  code: 'HALF',
  promotionCodeId: null,
  percentOff: 50,
  amountOffMinor: null,
  currency: null,
  duration: { months: 3 },
  endsAt: month(3),
};
const command = aCommand('pay-off', {}, { askedAt: NOW });

/** An invoice outside of the subscription's billing, as it was paid. */
const apart = (totalMinor: number, given: Partial<InvoiceFact> = {}): InvoiceFact =>
  anInvoice({
    invoiceId: 'in_rest',
    reason: 'other',
    totalMinor,
    amountPaidMinor: totalMinor,
    paidAt: NOW,
    periodStart: null,
    periodEnd: null,
    ...given,
  });
const withoutTotal = ({ totalMinor: _totalMinor, ...object }: InvoiceFact): InvoiceFact => object;
const ours = (totalMinor: number, given: Partial<InvoiceFact> = {}) =>
  apart(totalMinor, { commandId: command.commandId, ...given });

const begun = (state: PurchaseState) => runPass(state, taken([commandRow(command)]), at(NOW), null).state;

function answered(state: PurchaseState, answer: WriteAnswer, settings: LifecycleSettings = DEFAULT_SETTINGS) {
  const result = applyAnswers(begun(state), [answer], NOW, settings);
  return {
    ...result,
    entries: result.entries.map(({ type, data }) => [type, data]),
    emails: result.emails.map(({ kind, data }) => [kind, data]),
  };
}

function heard(state: PurchaseState, object: InvoiceFact) {
  const outcome = applyFact(state, event(object, NOW), contextAt(NOW));
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.change;
}

describe('what is left of a plan', () => {
  const left = (given: Parameters<typeof aPlan>[0]) => restOf(aPlan(given));

  test('is each instalment as it would be charged, a discount by its end', () => {
    expect(left({})).toEqual({ instalments: 4, amountMinor: 4 * EACH, currency: 'usd' });
    expect(left({ billing: { discounts: [HALF] } })).toMatchObject({ amountMinor: EACH / 2 + 3 * EACH });
    expect(left({ billing: { discounts: [{ ...HALF, duration: 'once', endsAt: null }] } })).toMatchObject({
      amountMinor: EACH / 2 + 3 * EACH,
    });
    expect(left({ billing: { discounts: [{ ...HALF, percentOff: 100, duration: 'forever', endsAt: null }] } })).toEqual(
      { instalments: 4, amountMinor: 0, currency: 'usd' },
    );
  });

  test('is nothing while an instalment is being charged, and after the last', () => {
    expect(left({ billing: { periodStart: month(2), periodEnd: month(3) } })).toBeNull();
    expect(left({ paid: 5, billing: { periodStart: month(5), periodEnd: month(6) } })).toBeNull();
    expect(left({ paid: 6 })).toBeNull();
  });
});

describe('paying off', () => {
  test('completes the plan as its preview said, with one email that is the receipt', () => {
    const said = preview('pay-off', aPlan(), {}, askedBy(NOW));
    const { state, entries, emails, followUps, ends } = answered(aPlan(), { kind: 'done', objects: [ours(4 * EACH)] });

    expect(entries).toEqual([
      ['purchase.paid-off', { instalments: 4, amountMinor: 4 * EACH, currency: 'usd' }],
      [
        'payment.succeeded',
        expect.objectContaining({ paymentId: 'in_rest', instalment: 3, lastInstalment: 6, instalments: 6 }),
      ],
      ['purchase.completed', { instalments: 6 }],
    ]);
    expect(emails).toEqual([['plan-completed', { paymentId: 'in_rest' }]]);
    expect(said.emails).toEqual([{ kind: 'plan-completed', to: 'customer' }]);
    expect(ends).toMatchObject([{ state: 'applied', effects: { money: said.money, emails: said.emails } }]);
    expect(followUps).toEqual([{ name: 'end-billing', input: { cause: 'completed' }, at: NOW }]);
    expect([said.after.billingStatus, billingStatus(state.billing)]).toEqual(['completed', 'completed']);
    expect(instalmentsOf(state.billing)).toEqual({ paid: 6, total: 6 });
    expect([nextChargeAt(state.billing), dueList(state), state.attentions]).toEqual([null, [], []]);
  });

  test('with the email of the completion off has its receipt', () => {
    const settings = { ...DEFAULT_SETTINGS, emailsOff: ['plan-completed'] };

    expect(answered(aPlan(), { kind: 'done', objects: [ours(4 * EACH)] }, settings).emails).toEqual([
      ['payment-receipt', { paymentId: 'in_rest' }],
    ]);
  });

  test('by what the customer has with Stripe is complete, and no payment [R27.1]', () => {
    const { state, entries, emails } = answered(aPlan(), {
      kind: 'done',
      objects: [ours(4 * EACH, { amountPaidMinor: 0 })],
    });

    expect(entries.map(([type]) => type)).toEqual([
      'purchase.paid-off',
      'purchase.instalment-settled',
      'purchase.completed',
    ]);
    expect(emails).toEqual([['plan-completed', { paymentId: null }]]);
    expect([state.payments.length, instalmentsOf(state.billing)]).toEqual([2, { paid: 6, total: 6 }]);
  });

  test('refused by the card changes nothing, and the event of its failed try is nothing either', () => {
    const refused = answered(aPlan(), { kind: 'refused', stripeCode: 'card_declined', isCard: true });
    const failed = ours(4 * EACH, { status: 'open', trouble: 'failed', amountPaidMinor: 0, paidAt: null });
    const voided = ours(4 * EACH, { status: 'void', amountPaidMinor: 0, paidAt: null });
    const later = runPass(refused.state, taken([factRow(failed, NOW, 1), factRow(voided, NOW, 2)]), at(NOW), null);

    expect(refused).toMatchObject({ entries: [], emails: [], ends: [{ state: 'refused' }] });
    expect(refused.state).toEqual({ ...aPlan(), pending: null });
    expect([later.entries, later.emails, billingStatus(later.state.billing)]).toEqual([[], [], 'active']);
  });

  test('heard before its own answer waits for it, and is counted once', () => {
    const pending = begun(aPlan());
    const event1 = runPass(pending, taken([factRow(ours(4 * EACH), NOW, 1)]), at(NOW), null);
    const done = applyAnswers(pending, [{ kind: 'done', objects: [ours(4 * EACH)] }], NOW, DEFAULT_SETTINGS).state;

    expect([event1.ends, event1.state.pending]).toEqual([[], pending.pending]);
    expect(applyFact(done, event(ours(4 * EACH), NOW), contextAt(NOW))).toEqual({ kind: 'no_change' });
  });

  test('while an instalment was charged all the same needs attention', () => {
    const pending = begun(aPlan());
    const charged = runPass(pending, taken([factRow(anInstalment(2), month(2), 1)]), at(month(2)), null).state;
    const { state } = applyAnswers(charged, [{ kind: 'done', objects: [ours(4 * EACH)] }], NOW, DEFAULT_SETTINGS);

    expect(instalmentsOf(state.billing)).toEqual({ paid: 6, total: 6 });
    expect(state.attentions).toMatchObject([{ id: 'in_rest', reason: 'payment_after_end' }]);
  });

  test('can be refunded, and money-back returns it', () => {
    const { state } = answered(aPlan({ refundWindow: openWindow(T0, 100) }), {
      kind: 'done',
      objects: [ours(4 * EACH)],
    });
    const refund = { paymentId: 'in_rest', amountMinor: null, billing: 'keep', access: 'keep' };
    const back = plan('money-back', state, { override: false, hasReason: false }, askedBy(NOW));

    expect(plan('refund', state, refund, askedBy(NOW)).writes).toEqual([
      { op: 'refund', paymentId: 'in_rest', amountMinor: 4 * EACH },
    ]);
    expect(back.writes.map((write) => 'amountMinor' in write && write.amountMinor)).toEqual([EACH, EACH, 4 * EACH]);
    expect(billingStatus(back.next.billing)).toBe('canceled');
  });
});

describe('paid off at Stripe', () => {
  test.each([
    ['exactly what is left', aPlan(), 4 * EACH],
    ['what is left after a discount', aPlan({ billing: { discounts: [HALF] } }), 3.5 * EACH],
    ['an overdue instalment too', aPlan({ billing: { overdue: [anOverdue()] } }), 5 * EACH - EACH],
    ['a paused plan', aPlan({ billing: { pause: aPause() } }), 4 * EACH],
    [
      'one that was ended there at the same time',
      aPlan({ billing: { ended: anEnd({ at: NOW, cause: 'external' }) } }),
      4 * EACH,
    ],
  ])('with an invoice over %s is taken over', (_what, state, totalMinor) => {
    const { next, followUps } = heard(state, apart(totalMinor));

    expect(billingStatus(next.billing)).toBe('completed');
    expect(instalmentsOf(next.billing)).toEqual({ paid: 6, total: 6 });
    expect(followUps).toMatchObject([{ name: 'end-billing', input: { cause: 'completed' } }]);
  });

  test.each([
    ['another sum', aPlan(), apart(4 * EACH - 1)],
    ['a plan that is being canceled', aPlan({ billing: { cancellation: aCancellation(month(3)) } }), apart(EACH)],
    ['what 0.1 has recorded', aPlan(), withoutTotal(apart(4 * EACH))],
  ])('with an invoice over %s it is a payment like any other', (_what, state, object) => {
    const { next } = heard(state, object);

    expect(instalmentsOf(next.billing)).toEqual({ paid: 2, total: 6 });
    expect(next.payments).toHaveLength(3);
  });
});
