import { describe, expect, test } from '@jest/globals';
import { billingStatus } from '../../../workflows/domain/billing.ts';
import { instalmentsOf } from '../../../workflows/domain/instalments.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { openWindow } from '../../../workflows/domain/refund-window.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { SYSTEM, type PlannedName } from '../../../workflows/domain/verb.ts';
import { applyAnswers } from '../../../workflows/purchase/write-answer.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { warningsOf } from '../../../workflows/verbs/preview.ts';
import { anInstalment, aPlan, aPlanCheckout, inMonth, month } from '../../builders/plan.ts';
import {
  aCancellation,
  aCommand,
  ADMIN,
  anEnd,
  anOverdue,
  aPause,
  askedBy,
  at,
  commandRow,
  factRow,
  T0,
  taken,
} from '../../builders/purchase.ts';

const NOW = addDays(month(1), 10);
const SUB = { subscriptionId: 'sub_1' };
const COMPLETED = aPlan({ paid: 6, billing: { ended: anEnd({ cause: 'completed', endsAccess: false, by: SYSTEM }) } });

const next = (name: PlannedName, state: PurchaseState, input: object = {}) =>
  plan(name, state, input, askedBy(NOW)).next;
const refusal = (state: PurchaseState, cancelAt: Instant | null, actor = ADMIN) =>
  ask('cancel', state, { when: cancelAt ? 'at' : 'period_end', cancelAt }, askedBy(NOW, actor));

/** What a verb, with every write done, has the system do next. */
function followUpsOf(name: PlannedName, state: PurchaseState, input: object) {
  const begun = runPass(state, taken([commandRow(aCommand(name, input, { askedAt: NOW }))]), at(NOW), null);
  const writes = begun.state.pending?.writes ?? [];
  const answers = writes.map(() => ({ kind: 'done' as const, objects: [] }));
  return [...begun.followUps, ...applyAnswers(begun.state, answers, NOW, DEFAULT_SETTINGS).followUps];
}

describe('canceling a payment plan', () => {
  test.each([
    ['its last payment', month(5), null],
    ['a second later', new Date(Date.parse(month(5)) + 1000).toISOString(), 'after_plan_end'],
    ['the end of what that pays for', month(6), 'after_plan_end'],
  ])('at %s', (_when, cancelAt, code) => {
    expect(refusal(aPlan(), cancelAt)?.code ?? null).toBe(code);
  });

  test('after its own end is refused with the date and its field [R8.1]', () => {
    expect(refusal(aPlan(), month(7))).toMatchObject({ code: 'after_plan_end', field: 'cancelAt', at: month(5) });
  });

  test('a pause moves that end out; without a date it is open', () => {
    const paused = (resumeAt: Instant | null) => aPlan({ billing: { pause: aPause({ resumeAt }) } });

    expect(refusal(paused(addDays(month(4), 1)), month(8))).toBeNull();
    expect(refusal(paused(addDays(month(4), 1)), month(9))).toMatchObject({ at: month(8) });
    expect(refusal(paused(null), month(30))).toBeNull();
  });

  test('by its customer is refused, naming what is legal [R9.1]', () => {
    expect(refusal(aPlan(), null, { kind: 'customer', id: 'contact-1' })).toMatchObject({
      code: 'wrong_state',
      state: 'active',
      legalVerbs: expect.arrayContaining(['pause', 'cancel']),
    });
  });

  test('with the last payment still due takes every charge before it', () => {
    const { money } = plan('cancel', aPlan({ paid: 3 }), { when: 'at', cancelAt: month(5) }, askedBy(NOW));

    expect(money).toMatchObject([
      { kind: 'charge', at: month(3), amountMinor: 4900 },
      { kind: 'charge', at: month(4), amountMinor: 4900 },
      { kind: 'no_more_charges', from: month(5) },
    ]);
  });
});

describe('a paused payment plan', () => {
  const paused = aPlan({ billing: { pause: aPause() } });

  test('resumed, says what is charged next and how many are left', () => {
    expect(plan('resume', paused, {}, askedBy(NOW)).money).toEqual([
      { kind: 'charges_continue', nextChargeAt: month(2), amountMinor: 4900, currency: 'usd', instalmentsLeft: 4 },
    ]);
  });

  test('resumed after three months unpaid, is charged four times more', () => {
    const months = [2, 3, 4].flatMap((n) => [
      factRow(inMonth(n, { pause: { resumesAt: null } }), month(n), 2 * n),
      factRow(anInstalment(n, { status: 'void' }), month(n), 2 * n + 1),
    ]);
    const later = runPass(paused, taken(months), at(month(4)), null).state;
    const resumed = next('resume', later);

    expect(instalmentsOf(resumed.billing)).toEqual({ paid: 2, total: 6 });
    expect(plan('resume', later, {}, askedBy(NOW)).money).toMatchObject([
      { nextChargeAt: month(5), instalmentsLeft: 4 },
    ]);
  });
});

describe('the safety stop at Stripe follows the plan’s end', () => {
  const setTo = (instant: Instant) => [{ name: 'set-plan-end', input: { at: instant } }];

  test('from its beginning', () => {
    const rows = [factRow(anInstalment(0), T0, 1), factRow(inMonth(0), T0, 2)];

    expect(runPass(aPlanCheckout(), taken(rows), at(T0), null).followUps).toEqual(setTo(month(6)));
  });

  test('and is left alone while it stays where it is', () => {
    const rows = [factRow(inMonth(2), month(2), 1), factRow(anInstalment(2), month(2), 2)];

    expect(runPass(aPlan(), taken(rows), at(month(2)), null).followUps).toEqual([]);
  });

  test('through a resume, an undone cancellation, a voided instalment', () => {
    const paused = aPlan({ billing: { pause: aPause() } });
    const canceling = aPlan({ billing: { cancellation: aCancellation(month(3)) } });
    const overdue = aPlan({ paid: 2, billing: { periodStart: month(2), periodEnd: month(3), overdue: [anOverdue()] } });
    const voided = factRow(anInstalment(2, { status: 'void', invoiceId: 'in_2' }), NOW, 1);

    expect(followUpsOf('resume', paused, {})).toEqual(setTo(month(6)));
    expect(followUpsOf('undo-cancel', canceling, {})).toEqual(setTo(month(6)));
    expect(runPass(overdue, taken([voided]), at(NOW), null).followUps).toEqual(setTo(month(7)));
    expect(followUpsOf('pause', aPlan(), { resumeAt: null, access: 'keep' })).toEqual([]);
  });

  test('is set by a write of its own, and refused where it has moved on', () => {
    const set = plan('set-plan-end', aPlan(), { at: month(6) }, askedBy(NOW, SYSTEM));

    expect(set).toMatchObject({ writes: [{ op: 'stopAt', ...SUB, at: month(6) }], emails: [], money: [] });
    expect(set.next.billing).toMatchObject({ cancellation: null, instalments: { stopAt: month(6) } });
    expect(ask('set-plan-end', aPlan(), { at: month(7) }, askedBy(NOW, SYSTEM))?.code).toBe('unchanged');
  });
});

describe('a completed payment plan', () => {
  test('is ended at Stripe, and nobody is told again', () => {
    const planned = plan('end-billing', COMPLETED, { cause: 'completed' }, askedBy(NOW, SYSTEM));

    expect(planned).toMatchObject({
      writes: [
        { op: 'cancelNow', ...SUB },
        { op: 'voidOpenInvoices', ...SUB },
      ],
      emails: [],
      entry: 'purchase.billing-ended',
      next: { billing: COMPLETED.billing, version: COMPLETED.version },
    });
  });

  test('goes on with its access, of which nobody needs to be warned', () => {
    expect(warningsOf(COMPLETED, NOW)).toEqual([]);
  });

  test('with its money back it is canceled, and access ends [R10.6]', () => {
    const returned = { ...COMPLETED, refundWindow: openWindow(T0, 400) };
    const { writes, next: after } = plan('money-back', returned, { override: false }, askedBy(NOW));

    expect(writes).toHaveLength(6);
    expect(billingStatus(after.billing)).toBe('canceled');
    expect(after.billing).toMatchObject({ ended: { at: NOW, cause: 'refund', by: ADMIN, endsAccess: true } });
  });
});
