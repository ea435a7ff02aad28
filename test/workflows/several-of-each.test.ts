import { describe, expect, test } from '@jest/globals';
import { billingStatus, overdueOf, unpaid } from '../../workflows/domain/billing.ts';
import { nextCharge } from '../../workflows/domain/charges.ts';
import { dueList, upcoming } from '../../workflows/domain/due.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { InboxRow } from '../../workflows/inbox/inbox.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { plan } from '../../workflows/verbs/plan.ts';
import {
  aCancellation,
  aCheckout,
  aCommand,
  aFailure,
  after,
  anInvoice,
  anOverdue,
  aPause,
  aPayment,
  aPurchase,
  aRefund,
  askedBy,
  aSubscription,
  commandRow,
  factRow,
  FEB_28,
  MAR_31,
  T0,
} from '../builders/purchase.ts';
import { pass } from './a-pass.ts';

/**
 * The rows one by one, in the order of their arrival; what has to be read is read as Stripe then
 * stands.
 */
function arrive(state: PurchaseState, rows: InboxRow[], now: Instant, stripe: StripeObject[]): PurchaseState {
  return rows.reduce((before, row) => {
    const result = pass(before, [row], now);
    if (!result.needsRead) return result.state;
    const covers = row.fact?.object.type === 'subscription' ? [row.rowId] : [];
    return pass(result.state, [row], now, { objects: stripe, at: now, covers }).state;
  }, state);
}

const seen = ({ billing, attentions }: PurchaseState) => ({
  status: billingStatus(billing),
  unpaid: overdueOf(billing).map(({ invoiceId, attempts }) => [invoiceId, attempts]),
  attentions: attentions.map(({ reason }) => reason),
});

const WEEK_2 = addDays(FEB_28, 7);
const twoUnpaid = aPurchase({
  billing: { overdue: [anOverdue(), anOverdue({ invoiceId: 'in_3', since: WEEK_2, nextTryAt: addDays(WEEK_2, 3) })] },
});

describe('two invoices that are unpaid at once', () => {
  const first = factRow(aFailure(), FEB_28, 1);
  const second = factRow(aFailure({ invoiceId: 'in_3', nextTryAt: addDays(WEEK_2, 3) }), WEEK_2, 2);
  const firstAgain = factRow(aFailure({ attempts: 2, nextTryAt: addDays(WEEK_2, 1) }), addDays(FEB_28, 3), 3);

  test('are both known, whatever is heard first, and each try is told once', () => {
    const rows = [first, second, firstAgain];
    const result = pass(aPurchase(), rows, WEEK_2);
    const late = arrive(aPurchase(), [second, firstAgain, first], WEEK_2, []);

    expect(seen(result.state).unpaid).toEqual([
      ['in_2', 2],
      ['in_3', 1],
    ]);
    expect(seen(late)).toEqual(seen(result.state));
    const keys = result.emails
      .filter(({ to }) => to === 'customer')
      .map(({ kind, data }) => `${kind} ${String(data.invoiceId)} ${String(data.attempts)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('have every try in the due list, one sum, and one attempt each', () => {
    const retries = dueList(twoUnpaid).filter(({ kind }) => kind === 'payment-retry');
    const { writes, money } = plan('retry-payment', twoUnpaid, {}, askedBy(WEEK_2));

    expect(retries.map((due) => due.at)).toEqual([addDays(FEB_28, 3), addDays(WEEK_2, 3)]);
    expect(twoUnpaid.billing.kind === 'subscription' && unpaid(twoUnpaid.billing)).toMatchObject({
      amountMinor: 9800,
      currency: 'usd',
      since: FEB_28,
      nextTryAt: addDays(FEB_28, 3),
    });
    expect(writes.map((write) => write.op === 'payInvoice' && write.invoiceId)).toEqual(['in_2', 'in_3']);
    expect(money).toMatchObject([{ amountMinor: 4900 }, { amountMinor: 4900 }]);
  });

  test('are what is charged next, in one sum, until Stripe has no try left', () => {
    const exhausted = aPurchase({ billing: { overdue: [anOverdue({ nextTryAt: null })] } });

    expect(nextCharge(twoUnpaid)).toEqual({ amountMinor: 9800, currency: 'usd', at: addDays(FEB_28, 3) });
    expect(nextCharge(exhausted)).toBeNull();
    expect(nextCharge(aPurchase())).toEqual({ amountMinor: 4900, currency: 'usd', at: FEB_28 });
  });

  test('are past due until none is open', () => {
    const paid = (invoiceId: string, seq: number) =>
      factRow(anInvoice({ invoiceId, periodStart: null, periodEnd: null }), WEEK_2, seq);
    const onePaid = pass(twoUnpaid, [paid('in_2', 1)], WEEK_2).state;
    const bothPaid = pass(onePaid, [paid('in_3', 2)], WEEK_2).state;

    expect(seen(onePaid)).toMatchObject({ status: 'past_due', unpaid: [['in_3', 1]] });
    expect(seen(bothPaid)).toMatchObject({ status: 'active', unpaid: [] });
  });
});

describe('two things that need attention', () => {
  const paid = aPurchase({ payments: [aPayment(), aPayment({ paymentId: 'in_2', paidAt: FEB_28 })] });
  const failed = (paymentId: string, writeIndex: number) =>
    aRefund({
      refundId: `re_${paymentId}`,
      paymentId,
      amountMinor: 4900,
      status: 'failed',
      commandId: 'command-money-back',
      writeIndex,
    });
  const rows = [factRow(failed('in_1', 2), MAR_31, 1), factRow(failed('in_2', 3), MAR_31, 2)];
  const both = pass(paid, rows, MAR_31).state;
  const press = (name: 'retry' | 'abandon', attentionId: string) =>
    commandRow(aCommand(name, { attentionId }, { askedAt: MAR_31 }), 9);

  test('are kept side by side, each with what it would send', () => {
    expect(both.attentions.map(({ id, command }) => [id, command?.writes])).toEqual([
      ['command-money-back:2', [{ op: 'refund', paymentId: 'in_1', amountMinor: 4900 }]],
      ['command-money-back:3', [{ op: 'refund', paymentId: 'in_2', amountMinor: 4900 }]],
    ]);
  });

  test('are decided one by one: the one is sent again under its own key, the other stays', () => {
    const result = pass(both, [press('retry', 'command-money-back:3')], MAR_31);

    expect(result.ends).toMatchObject([{ rowId: 'command-retry', state: 'applied' }]);
    expect(result.state).toMatchObject({
      attentions: [{ id: 'command-money-back:2' }],
      pending: { writes: [{ paymentId: 'in_2' }], firstIndex: 3, generation: 2 },
    });
  });

  test('one is retried while the other is on its way: it waits for its turn', () => {
    const first = pass(both, [press('retry', 'command-money-back:3')], MAR_31).state;
    const second = pass(first, [press('retry', 'command-money-back:2')], MAR_31);

    expect(second).toMatchObject({ ends: [], state: { attentions: [{ id: 'command-money-back:2' }] } });
  });

  test('one that is given up is gone, with who gave it up; pressed again it is refused', () => {
    const result = pass(both, [press('abandon', 'command-money-back:2')], MAR_31);
    const again = pass(result.state, [press('abandon', 'command-money-back:2')], MAR_31);

    expect(result.state.attentions.map(({ id }) => id)).toEqual(['command-money-back:3']);
    expect(result.entries).toMatchObject([
      { type: 'purchase.attention-ended', actor: { kind: 'admin', id: 'admin-1' } },
    ]);
    expect(again.ends).toMatchObject([{ state: 'refused', refusal: { code: 'attention_ended' } }]);
  });

  test('one that is about an unclear word of Stripe is read again', () => {
    const unclear = { id: 'sub_1', reason: 'status_unclear' as const, since: T0, command: null };
    const result = pass(aPurchase({ attentions: [unclear] }), [press('retry', 'sub_1')], MAR_31);

    expect(result).toMatchObject({ needsRead: true, state: { attentions: [] }, ends: [{ state: 'applied' }] });
  });
});

describe('resume, renewal and failure end alike in any order of arrival', () => {
  const RESUMED = after(3600);
  const paused = aPurchase({ billing: { pause: aPause(), periodEnd: FEB_28 } });
  const renewed = { periodStart: FEB_28, periodEnd: MAR_31 };
  const resume = factRow(aSubscription({ status: 'active' }), RESUMED, 1);
  const failure = factRow(aFailure(), FEB_28, 2);
  const pastDue = factRow(aSubscription({ ...renewed, status: 'past_due' }), FEB_28, 3);
  const stripe = [aFailure(), aSubscription({ ...renewed, status: 'past_due' })];
  const orders = [
    [resume, failure, pastDue],
    [resume, pastDue, failure],
    [failure, resume, pastDue],
    [failure, pastDue, resume],
    [pastDue, resume, failure],
    [pastDue, failure, resume],
  ];

  test.each(orders)('order %#', (...rows) => {
    expect(seen(arrive(paused, rows, after(30 * 24 * 3600), stripe))).toEqual({
      status: 'past_due',
      unpaid: [['in_2', 1]],
      attentions: [],
    });
  });

  test('a pause that ends at the instant of a renewal that fails', () => {
    const state = aPurchase({ billing: { pause: aPause({ resumeAt: FEB_28 }) } });
    const result = pass(state, [failure], FEB_28);

    expect(seen(result.state)).toMatchObject({ status: 'past_due', unpaid: [['in_2', 1]] });
  });
});

describe('past due, and then paused at Stripe: what is unpaid is voided with the pause [R7.2]', () => {
  const PAUSED = addDays(FEB_28, 0.04);
  const renewed = { periodStart: FEB_28, periodEnd: MAR_31 };
  const pausedThere = aSubscription({ ...renewed, status: 'past_due', pause: { resumesAt: null } });

  test('when the failure is heard first', () => {
    const result = pass(aPurchase({ billing: { overdue: [anOverdue()] } }), [factRow(pausedThere, PAUSED, 1)], PAUSED);

    expect(result.followUps.map(({ name }) => name)).toEqual(['void-open-invoices']);
    const command = aCommand('void-open-invoices', {}, { askedAt: PAUSED });
    expect(plan('void-open-invoices', result.state, {}, askedBy(PAUSED)).next).toMatchObject({
      billing: { overdue: [] },
    });
    expect(pass(result.state, [commandRow(command)], PAUSED).state.pending?.writes).toEqual([
      { op: 'voidOpenInvoices', subscriptionId: 'sub_1' },
    ]);
  });

  test('when the failure is heard last', () => {
    const state = aPurchase({ billing: { pause: aPause({ since: PAUSED }) } });
    const asked = pass(state, [factRow(aFailure(), FEB_28, 1)], PAUSED);
    const reading = { objects: [aFailure(), pausedThere], at: PAUSED, covers: [] };
    const read = pass(asked.state, [factRow(aFailure(), FEB_28, 1)], PAUSED, reading);

    expect(asked.needsRead).toBe(true);
    expect(read.followUps.map(({ name }) => name)).toEqual(['void-open-invoices']);
    expect(seen(read.state)).toMatchObject({ status: 'paused', unpaid: [] });
  });

  test('no due instant lies in the past', () => {
    const now = addDays(FEB_28, 5);
    const state = aPurchase({ refundWindow: null, billing: { ...renewed, overdue: [anOverdue()] } });

    expect(dueList(state).some((due) => due.at < now)).toBe(true);
    expect(upcoming(state, addDays(FEB_28, 3.1)).every((due) => due.at >= addDays(FEB_28, 3.1))).toBe(true);
  });
});

describe('a status of Stripe that contradicts what is known [R22.6]', () => {
  const pastDue = aSubscription({ status: 'past_due' });

  test('past due without a known invoice is read; still unclear, it needs attention until it is clear', () => {
    const heard = pass(aPurchase(), [factRow(pastDue, FEB_28, 1)], FEB_28);
    const unclear = pass(heard.state, [], FEB_28, { objects: [pastDue], at: FEB_28, covers: [] });
    const clear = pass(unclear.state, [], MAR_31, { objects: [aSubscription()], at: MAR_31, covers: [] });

    expect(heard.needsRead).toBe(true);
    expect(seen(unclear.state).attentions).toEqual(['status_unclear']);
    expect(seen(clear.state).attentions).toEqual([]);
  });

  test("Stripe's own pause is a pause", () => {
    const result = pass(aPurchase(), [factRow(aSubscription({ status: 'paused' }), after(60), 1)], after(60));

    expect(seen(result.state).status).toBe('paused');
  });

  test('a paid renewal moves the period before the subscription’s own word', () => {
    const result = pass(aPurchase(), [factRow(anInvoice({ paidAt: FEB_28 }), FEB_28, 1)], FEB_28);

    expect(result.state.billing).toMatchObject({ periodStart: FEB_28, periodEnd: MAR_31 });
  });

  test('an event from beyond our clock is read, and makes no later one old', () => {
    const ahead = factRow(aSubscription({ cancelAt: FEB_28 }), addDays(T0, 300), 1);
    const result = pass(aPurchase(), [ahead], after(60));

    expect(result.needsRead).toBe(true);
    expect(result.state.stripe.asOf).toBe(T0);
    const paused = factRow(aSubscription({ pause: { resumesAt: null } }), after(120), 2);
    expect(seen(pass(result.state, [paused], after(120)).state).status).toBe('paused');
  });

  test('a purchase begins with an event from beyond our clock, which makes no later one old', () => {
    const begun = pass(aCheckout(), [factRow(aSubscription(), addDays(T0, 300), 1)], after(60));

    expect(begun).toMatchObject({ needsRead: false, state: { startedAt: addDays(T0, 300), stripe: { asOf: null } } });
  });

  test('what nobody can read needs attention, and holds up nothing', () => {
    const odd: InboxRow = {
      rowId: 'row-odd',
      seq: 1,
      at: T0,
      kind: 'customer.subscription.updated',
      fact: null,
      isUnreadable: true,
    };
    const result = pass(aPurchase(), [odd, factRow(anInvoice({ paidAt: FEB_28 }), FEB_28, 2)], FEB_28);

    expect(result.ends.map(({ state }) => state)).toEqual(['failed', 'applied']);
    expect(result.state.attentions).toMatchObject([{ id: 'row-odd', reason: 'event_unreadable' }]);
  });
});

test('a payment after the end is kept, and needs attention [R11.6]', () => {
  const ended = aPurchase({
    billing: { ended: { at: after(60), cause: 'internal', by: { kind: 'admin', id: 'admin-1' }, endsAccess: true } },
  });
  const result = pass(ended, [factRow(anInvoice({ paidAt: FEB_28 }), FEB_28, 1)], FEB_28);

  expect(result.state.payments.map(({ paymentId }) => paymentId)).toEqual(['in_1', 'in_2']);
  expect(seen(result.state).attentions).toEqual(['payment_after_end']);
});

describe('what is so already is not asked twice', () => {
  test('a cancellation for the same date is refused, and keeps its cause and who asked', () => {
    const canceling = aPurchase({ billing: { cancellation: aCancellation(FEB_28) } });

    for (const input of [
      { when: 'period_end', cancelAt: null },
      { when: 'at', cancelAt: FEB_28 },
    ])
      expect(ask('cancel', canceling, input, askedBy(after(120)))).toMatchObject({
        code: 'unchanged',
        state: 'active',
      });
    expect(ask('cancel', canceling, { when: 'at', cancelAt: MAR_31 }, askedBy(after(120)))).toBeNull();
  });

  test('a resume date that is set is not set again', () => {
    const paused = aPurchase({ billing: { pause: aPause({ resumeAt: MAR_31 }) } });

    expect(ask('change-resume-date', paused, { resumeAt: MAR_31 }, askedBy(after(120)))).toMatchObject({
      code: 'unchanged',
    });
    expect(ask('change-resume-date', paused, { resumeAt: null }, askedBy(after(120)))).toBeNull();
  });
});
