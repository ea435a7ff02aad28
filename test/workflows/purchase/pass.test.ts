import { describe, expect, test } from '@jest/globals';
import { READ_ASKED } from '../../../workflows/domain/facts.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import type { InboxRow } from '../../../workflows/inbox/inbox.ts';
import type { PassResult } from '../../../workflows/purchase/pass-result.ts';
import { applyAnswer } from '../../../workflows/purchase/write-answer.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import {
  aCommand,
  aFailure,
  after,
  aGrant,
  anInvoice,
  anOverdue,
  aPause,
  aPurchase,
  aRefund,
  askedBy,
  aSubscription,
  at,
  commandRow,
  factRow,
  FEB_28,
  MAR_31,
  T0,
  taken,
} from '../../builders/purchase.ts';
import { pass } from '../a-pass.ts';

const lines = ({ entries }: PassResult) => entries.map((entry) => `${entry.at.slice(0, 19)} ${entry.type}`);
const endsOf = ({ ends }: PassResult) => ends.map(({ rowId, state, refusal }) => [rowId, state, refusal?.code ?? null]);
const REVOKE = aCommand('revoke', { productIds: null });
const PAUSE = aCommand('pause', { resumeAt: null, access: 'keep' });
const CANCEL = aCommand('cancel', { when: 'now', cancelAt: null });

describe('what happens first is done first', () => {
  test('at one instant: money, then Stripe’s state, then commands, then what is due', () => {
    const closes = addDays(T0, 30);
    const state = aPurchase({ billing: { periodEnd: closes } });
    const rows = [
      commandRow({ ...REVOKE, askedAt: closes }, 1),
      factRow(aSubscription({ periodStart: closes, periodEnd: MAR_31, cancelAt: MAR_31 }), closes, 2),
      factRow(anInvoice({ paidAt: closes }), closes, 3),
    ];

    expect(lines(pass(state, rows, closes))).toEqual([
      '2027-03-02T09:00:00 payment.succeeded',
      '2027-03-02T09:00:00 purchase.cancellation-scheduled',
      '2027-03-02T09:00:00 purchase.revoked',
      '2027-03-02T09:00:00 purchase.refund-window-closed',
    ]);
  });

  test('after a month asleep everything is taken as of its own instant [R1.5]', () => {
    const access = { startsAt: T0, endsAt: addDays(T0, 10) };
    const rows = [
      commandRow({ ...REVOKE, askedAt: addDays(T0, 20) }, 1),
      factRow(anInvoice({ paidAt: FEB_28 }), FEB_28, 2),
      factRow(aFailure({ invoiceId: 'in_3' }), MAR_31, 3),
    ];

    expect(lines(pass(aPurchase({ access }), rows, MAR_31)).map((line) => line.slice(5))).toEqual([
      '02-10T09:00:00 purchase.access-expired',
      '02-20T09:00:00 purchase.revoked',
      '02-28T09:00:00 payment.succeeded',
      '03-02T09:00:00 purchase.refund-window-closed',
      '03-31T09:00:00 payment.failed',
    ]);
  });

  test('what is not due yet is left alone', () => {
    expect(pass(aPurchase(), [], after(60))).toMatchObject({ entries: [], ends: [], needsRead: false });
  });

  test('a row that cannot be read fails by itself and holds up nothing', () => {
    const row: InboxRow = { rowId: 'row-1', seq: 1, at: T0, kind: 'invoice.paid', fact: null, isUnreadable: true };

    expect(endsOf(pass(aPurchase(), [row], T0))).toEqual([['row-1', 'failed', 'unreadable']]);
  });

  test('a row in which nothing is for us ends without a change', () => {
    const row: InboxRow = { rowId: 'row-1', seq: 1, at: T0, kind: 'charge.updated', fact: null, isUnreadable: false };

    expect(endsOf(pass(aPurchase(), [row], T0))).toEqual([['row-1', 'no_change', null]]);
  });
});

describe('the end of a pause by its date', () => {
  const resumeAt = addDays(T0, 5);
  const paused = aPurchase({ billing: { pause: aPause({ resumeAt }) } });
  const word = factRow(aSubscription(), resumeAt, 1);

  test.each([
    ['Stripe’s word first', [word], [] as InboxRow[]],
    ['our own date first', [], [word]],
  ])('is told once: %s', (_what, before, later) => {
    const first = pass(paused, before, resumeAt);
    const second = pass(first.state, later, after(5 * 86_400 + 60));

    expect([...lines(first), ...lines(second)]).toEqual(['2027-02-05T09:00:00 purchase.resumed']);
    expect([...first.emails, ...second.emails].map(({ kind }) => kind)).toEqual([
      'purchase-resumed',
      'admin-purchase-resumed',
    ]);
  });
});

describe('a command is judged by when it was asked [R1.5]', () => {
  test('money-back asked inside the window is legal after it has closed [R10.6]', () => {
    const asked = aCommand('money-back', { override: false, hasReason: false }, { askedAt: addDays(T0, 30) });
    const closed = pass(
      aPurchase({ stripe: { asOf: T0, readAt: null, checkedAt: addDays(T0, 40) } }),
      [],
      addDays(T0, 40),
    );
    const result = pass(closed.state, [commandRow(asked)], addDays(T0, 40));

    expect(lines(closed)).toContain('2027-03-02T09:00:00 purchase.refund-window-closed');
    expect(result.state.pending?.writes.map(({ op }) => op)).toEqual(['cancelNow', 'voidOpenInvoices', 'refund']);
  });

  test('asked a day later it is refused', () => {
    const late = aCommand('money-back', { override: false, hasReason: false }, { askedAt: addDays(T0, 31) });

    expect(endsOf(pass(aPurchase(), [commandRow(late)], addDays(T0, 31)))).toContainEqual([
      'command-money-back',
      'refused',
      'refund_window_closed',
    ]);
  });

  test('by version and preview it is judged at its turn [R6.5]', () => {
    const { planHash, version } = preview('cancel', aPurchase(), CANCEL.input, askedBy(after(30)));
    const first = pass(aPurchase(), [commandRow({ ...REVOKE, askedAt: after(40) })], after(50)).state;
    const moved = commandRow({ ...CANCEL, expectedVersion: version });
    const stale = commandRow({ ...CANCEL, planHash });

    expect(endsOf(pass(first, [moved], after(60)))).toEqual([['command-cancel', 'refused', 'state_moved']]);
    expect(endsOf(pass(first, [stale], after(60)))).toEqual([['command-cancel', 'refused', 'preview_stale']]);
    expect(pass(aPurchase(), [stale], after(60)).state.pending?.command.name).toBe('cancel');
    expect(pass(aPurchase(), [moved], after(60)).state.pending?.command.name).toBe('cancel');
  });
});

describe('while a verb’s writes are on their way', () => {
  const pausing = pass(aPurchase(), [commandRow(PAUSE)], after(60)).state;

  test('nothing has changed yet but that it is pending', () => {
    expect({ ...pausing, pending: null }).toEqual(aPurchase());
    expect(pausing.pending).toMatchObject({ answered: 0, generation: 0, firstTriedAt: after(60), refused: [] });
  });

  test('its own row is not taken again', () => {
    expect(pass(pausing, [commandRow(PAUSE)], after(70))).toMatchObject({ state: pausing, ends: [] });
  });

  test('a revoke goes through, and what is due too', () => {
    const result = pass(pausing, [commandRow({ ...REVOKE, askedAt: after(70) })], addDays(T0, 20));

    expect(endsOf(result)).toEqual([['command-revoke', 'applied', null]]);
    expect(result.state.pending).toEqual(pausing.pending);
  });

  test('another verb with writes waits its turn, also one that only the first makes legal', () => {
    const resume = aCommand('resume', {}, { askedAt: after(70) });
    const waiting = pass(pausing, [commandRow(resume, 2), commandRow({ ...CANCEL, askedAt: after(80) }, 3)], after(90));
    const paused = applyAnswer(pausing, { kind: 'done', objects: [] }, after(90), DEFAULT_SETTINGS).state;
    const done = applyAnswer(paused, { kind: 'done', objects: [] }, after(90), DEFAULT_SETTINGS).state;

    expect(waiting).toMatchObject({ state: pausing, ends: [] });
    expect(pass(done, [commandRow(resume, 2)], after(90)).state.pending?.command.name).toBe('resume');
  });

  test('its echoes wait, and are no changes made at Stripe', () => {
    const echo = factRow(aSubscription({ pause: { resumesAt: null }, commandId: 'command-pause' }), after(65), 2);
    const voided = factRow(anInvoice({ status: 'void' }), after(65), 3);

    expect(pass(pausing, [echo, voided], after(70))).toMatchObject({ state: pausing, entries: [], ends: [] });
  });

  test('the payment that a retry brings waits for its answer, so that it is told after it', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });
    const retrying = pass(overdue, [commandRow(aCommand('retry-payment', {}, { askedAt: MAR_31 }))], MAR_31).state;
    const paid = factRow(anInvoice({ paidAt: MAR_31 }), MAR_31, 2);
    const answer = { kind: 'done' as const, objects: [anInvoice({ paidAt: MAR_31 })] };

    expect(pass(retrying, [paid], MAR_31)).toMatchObject({ state: retrying, entries: [], ends: [] });
    expect(lines(applyAnswer(retrying, answer, MAR_31, DEFAULT_SETTINGS))).toEqual([
      '2027-03-31T09:00:00 purchase.payment-retried',
      '2027-03-31T09:00:00 payment.succeeded',
    ]);
  });

  test('a reading that shows its effect is no change made at Stripe either', () => {
    const object = aSubscription({ pause: { resumesAt: null }, commandId: 'command-pause' });
    const result = pass(pausing, [], after(70), { objects: [object], at: after(70), covers: [] });

    expect(result).toMatchObject({ entries: [], emails: [], state: { billing: { pause: null } } });
  });

  test('other facts go on', () => {
    const result = pass(pausing, [factRow(anInvoice(), FEB_28, 2)], FEB_28);

    expect(lines(result)).toEqual(['2027-02-28T09:00:00 payment.succeeded']);
    expect(result.state.pending).toEqual(pausing.pending);
  });
});

describe('Stripe is read', () => {
  const paused = factRow(aSubscription({ pause: { resumesAt: null } }), after(100), 1);
  const tie = factRow(aSubscription({ cancelAt: FEB_28 }), after(100), 2);

  test('where two of its words cannot be put in order; the row waits for it', () => {
    const result = pass(aPurchase(), [paused, tie], after(110));

    expect(result.needsRead).toBe(true);
    expect(endsOf(result)).toEqual([['row-1', 'applied', null]]);
  });

  test('and what it says answers the rows that were open when it was asked', () => {
    const first = pass(aPurchase(), [paused, tie], after(110)).state;
    const objects = [aSubscription({ cancelAt: FEB_28 })];
    const result = pass(first, [tie], after(120), { objects, at: after(120), covers: ['row-2'] });

    expect(endsOf(result)).toEqual([['row-2', 'applied', null]]);
    expect(result.state).toMatchObject({
      billing: { pause: null, cancellation: { at: FEB_28 } },
      stripe: { readAt: after(120), checkedAt: after(120) },
    });
  });

  test('some hours after an instant of Stripe’s that passed without a word', () => {
    const overdue = pass(aPurchase({ refundWindow: null }), [], addDays(FEB_28, 1));

    expect(overdue.needsRead).toBe(true);
    expect(pass(overdue.state, [], addDays(FEB_28, 1), 'under way').needsRead).toBe(true);
  });

  test('for a refund whose payment is not known yet, and never twice', () => {
    const row = factRow(aRefund({ paymentId: 'in_2' }), after(100), 1);
    const asked = pass(aPurchase(), [row], after(110));
    const payment = anInvoice({ paidAt: after(90) });
    const reading = (objects: (typeof payment)[]) => ({ objects, at: after(120), covers: [] });

    expect(asked).toMatchObject({ needsRead: true, ends: [] });
    expect(lines(pass(asked.state, [row], after(120), reading([payment])))).toEqual([
      '2027-01-31T09:01:30 payment.succeeded',
      '2027-01-31T09:01:40 refund.succeeded',
    ]);
    expect(endsOf(pass(asked.state, [row], after(120), reading([])))).toEqual([['row-1', 'no_change', null]]);
  });
});

test('waiting for the customer comes before the failure of the same second, which is then none [R11.4]', () => {
  const rows = [factRow(aFailure(), FEB_28, 1), factRow(aFailure({ trouble: 'action_required' }), FEB_28, 2)];

  const result = pass(aPurchase(), rows, FEB_28);

  expect(result.emails.map(({ kind }) => kind)).toEqual(['payment-action-required']);
});

test('delinquent: the last failure becomes a command of the system’s, and the end is told once', () => {
  const failed = pass(aPurchase(), [factRow(aFailure({ attempts: 4, nextTryAt: null }), FEB_28, 1)], FEB_28);
  const row = commandRow(aCommand('end-billing', failed.followUps[0]?.input, { askedAt: FEB_28 }));
  const ending = pass(failed.state, [row], FEB_28).state;
  const first = applyAnswer(ending, { kind: 'done', objects: [] }, FEB_28, DEFAULT_SETTINGS).state;
  const ended = applyAnswer(first, { kind: 'done', objects: [] }, FEB_28, DEFAULT_SETTINGS);
  const word = factRow(aSubscription({ status: 'canceled', endedAt: FEB_28 }), FEB_28, 2);

  expect(lines(ended)).toEqual(['2027-02-28T09:00:00 purchase.canceled']);
  expect(ended.state.billing).toMatchObject({ overdue: [], ended: { cause: 'delinquent' } });
  expect(pass(ended.state, [word], MAR_31).entries.map(({ type }) => type)).not.toContain('purchase.canceled');
});

test('a grant is made and closed again without Stripe', () => {
  const result = pass(aGrant(), [commandRow(REVOKE)], after(60));

  expect(result.ends).toMatchObject([{ state: 'applied', effects: { money: [], emails: [], refused: [] } }]);
  expect(result.state.pending).toBeNull();
});

describe('of much that is open a pass does a part', () => {
  const rows = Array.from({ length: 120 }, (_, index) =>
    commandRow(
      aCommand(
        index % 2 === 0 ? 'revoke' : 'restore',
        { productIds: null },
        { commandId: `c${index}`, askedAt: after(index) },
      ),
      index,
    ),
  );
  const bounded = { ...at(after(600)), mostItems: 50 };

  test('in its order, and says that there is more', () => {
    const result = runPass(aGrant(), taken(rows), bounded, null);

    expect(endsOf(result).map(([rowId]) => rowId)).toEqual(rows.slice(0, 50).map(({ rowId }) => rowId));
    expect(result.isMore).toBe(true);
    expect(runPass(result.state, taken(rows.slice(110)), bounded, null).isMore).toBe(false);
  });

  test('and all the parts together come to the same as the whole', () => {
    const whole = pass(aGrant(), rows, after(600));
    let [state, left, told] = [aGrant(), rows, [] as string[]];
    for (let isMore = true; isMore;) {
      const result = runPass(state, taken(left), bounded, null);
      const ended = new Set(result.ends.map(({ rowId }) => rowId));
      [state, left, told] = [result.state, left.filter(({ rowId }) => !ended.has(rowId)), [...told, ...lines(result)]];
      isMore = result.isMore;
    }

    expect([state, told, left]).toEqual([whole.state, lines(whole), []]);
  });

  test('rows that wait for Stripe’s own word are no part of it, however many', () => {
    const asks = Array.from({ length: 60 }, (_, seq) => ({
      rowId: `ask-${seq}`,
      seq,
      at: after(seq),
      kind: READ_ASKED,
      fact: null,
      isUnreadable: false,
    }));

    const asked = runPass(aPurchase(), taken(asks), bounded, null);
    const reading = { objects: [aSubscription()], at: after(600), covers: asks.map(({ rowId }) => rowId) };

    expect(asked).toMatchObject({ needsRead: true, isMore: false, ends: [] });
    expect(runPass(asked.state, taken(asks), bounded, reading).ends).toHaveLength(60);
    expect(endsOf(runPass(aGrant(), taken(asks.slice(0, 1)), bounded, null))).toEqual([['ask-0', 'no_change', null]]);
  });
});
