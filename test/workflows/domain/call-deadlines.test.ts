import { describe, expect, test } from '@jest/globals';
import { applyDeadline } from '../../../workflows/domain/apply-deadline.ts';
import { dueList, nextDeadline } from '../../../workflows/domain/due.ts';
import { fromMs, toMs } from '../../../workflows/domain/instant.ts';
import type { Billing } from '../../../workflows/domain/billing.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aCall, aCalled, aSeat, CALL_AT, CALL_ENDS } from '../../builders/calls.ts';
import { anEnd, contextAt, T0 } from '../../builders/purchase.ts';

const [DAY_BEFORE, HOUR_BEFORE] = aCall().reminders as [string, string];

function reach(state: PurchaseState, kind: 'call-reminder' | 'call-end' | 'access-expires', at: string, now = at) {
  const outcome = applyDeadline(state, { kind, at, owner: 'perennial' }, contextAt(now));
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.change;
}

describe('what is due of a call', () => {
  test('two reminders and its end, each with its own instant', () => {
    const ofCalls = dueList(aCalled()).filter(({ kind }) => kind.startsWith('call-'));

    expect(ofCalls.map(({ kind, at }) => [kind, at])).toEqual([
      ['call-reminder', DAY_BEFORE],
      ['call-reminder', HOUR_BEFORE],
      ['call-end', CALL_ENDS],
    ]);
  });

  test('it keeps its run alive when billing has ended', () => {
    const { billing } = aCalled();
    const ended = aCalled(
      {},
      { billing: { ...billing, ended: anEnd({ endsAccess: false }) } as Billing, refundWindow: null },
    );

    expect(nextDeadline(ended)).toMatchObject({ kind: 'call-reminder', at: DAY_BEFORE });
  });
});

describe('when the days of access are over [R27.2]', () => {
  const ending = (endsAt: string) =>
    aCalled({}, { access: { startsAt: T0, endsAt }, seats: [aSeat({ startsAt: CALL_AT })] });

  test.each([CALL_AT, DAY_BEFORE])('what begins then or later is canceled, and the credit returns: %s', (at) => {
    const { next, entries, emails, ledger } = reach(ending(at), 'access-expires', at);

    expect([next.calls, next.seats]).toEqual([[], []]);
    expect(next.credits?.open).toMatchObject([{ id: 1, heldBy: null }]);
    expect(ledger).toMatchObject([{ kind: 'returned', credit: 1, callId: 'call-1' }]);
    expect(entries).toMatchObject([
      { type: 'purchase.access-expired' },
      { type: 'call.canceled', data: { credit: 'returned', sequence: 1, by: 'system' } },
      { type: 'seat.canceled' },
    ]);
    const kinds = emails.map(({ kind }) => kind);
    expect(kinds).toEqual(['call-canceled', 'expert-call-canceled', 'seat-canceled', 'expert-seat-canceled']);
  });

  test('what has begun before stands', () => {
    const at = fromMs(toMs(CALL_AT) + 1);

    expect(reach(ending(at), 'access-expires', at).next.calls).toMatchObject([{ id: 'call-1', outcome: null }]);
  });
});

describe('reminders [R13.3]', () => {
  test('go to both, 24 hours and an hour before, each once', () => {
    const first = reach(aCalled(), 'call-reminder', DAY_BEFORE);
    const second = reach(first.next, 'call-reminder', HOUR_BEFORE);

    expect(first.emails.map(({ kind, to, at }) => [kind, to, at])).toEqual([
      ['call-reminder', 'customer', DAY_BEFORE],
      ['expert-call-reminder', 'expert', DAY_BEFORE],
    ]);
    expect(first.next.calls).toMatchObject([{ reminders: [HOUR_BEFORE] }]);
    expect(second.next.calls).toMatchObject([{ reminders: [] }]);
    expect(second.entries.map(({ type }) => type)).toEqual(['call.reminded']);
  });

  test('say nothing once the call has begun, however late a worker is', () => {
    const late = reach(aCalled(), 'call-reminder', DAY_BEFORE, CALL_AT);

    expect(late.emails).toEqual([]);
    expect(late.entries).toEqual([]);
    expect(late.next.calls).toMatchObject([{ reminders: [HOUR_BEFORE] }]);
  });
});

test('a call that nobody marks is held at its end, as of then, and its credit spent', () => {
  const change = reach(aCalled({ reminders: [] }), 'call-end', CALL_ENDS, fromMs(toMs(CALL_ENDS) + 3_600_000));

  expect(change.entries).toMatchObject([{ type: 'call.held', at: CALL_ENDS, actor: { kind: 'automation' } }]);
  expect(change.ledger).toMatchObject([{ kind: 'spent', at: CALL_ENDS, callId: 'call-1' }]);
  expect(change.next.calls).toMatchObject([{ outcome: 'held' }]);
  expect(change.next.credits?.open).toEqual([]);
  expect(nextDeadline(change.next)?.kind).not.toBe('call-end');
});
