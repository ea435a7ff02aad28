import { describe, expect, test } from '@jest/globals';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { endAttention, retryAttention } from '../../../workflows/purchase/attention.ts';
import { abandonPending, applyAnswer, type WriteAnswer } from '../../../workflows/purchase/write-answer.ts';
import { begin } from '../../../workflows/verbs/begin.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { only, type PassResult } from '../../../workflows/purchase/pass-result.ts';
import {
  aCommand,
  after,
  anInvoice,
  anOverdue,
  OWNER,
  aPurchase,
  aRefund,
  aSubscription,
  askedBy,
  contextAt,
  event,
  FEB_28,
  MAR_31,
} from '../../builders/purchase.ts';

const LATER = after(120);
const WITH_CANCEL = { paymentId: 'in_1', amountMinor: 1000, billing: 'cancel_now', access: 'keep' };
const done = (...objects: StripeObject[]): WriteAnswer => ({ kind: 'done', objects });
const refused: WriteAnswer = { kind: 'refused', stripeCode: 'charge_expired_for_refund', isCard: false };
const unreachable = (state: PurchaseState): PurchaseState => ({
  ...state,
  attentions: [
    {
      id: state.pending!.command.commandId,
      reason: 'stripe_unreachable',
      since: LATER,
      command: state.pending,
    },
  ],
});

/** The purchase with the verb's writes on their way. */
function pending(
  state: PurchaseState,
  name: 'cancel' | 'refund' | 'pause' | 'money-back',
  input: object,
): PurchaseState {
  const command = aCommand(name, input);
  return { ...state, pending: begin(command, plan(name, state, input, askedBy(command.askedAt)), after(60)) };
}

const PRESSED = { askedAt: LATER, actor: OWNER };

function retry(state: PurchaseState, realNow: string): PurchaseState {
  const [attention] = state.attentions;
  return retryAttention(state, attention!, attention!.command!, realNow);
}

const answer = (state: PurchaseState, given: WriteAnswer, now = LATER): PassResult =>
  applyAnswer(state, given, now, DEFAULT_SETTINGS);

/** Gives the answers one after the other, and what all of them came to. */
function answers(state: PurchaseState, ...given: WriteAnswer[]): PassResult {
  const first = only(state);
  return given.reduce((before, one) => {
    const result = answer(before.state, one);
    const entries = [...before.entries, ...result.entries];
    return { ...result, entries, emails: [...before.emails, ...result.emails], ends: [...before.ends, ...result.ends] };
  }, first);
}

const said = ({ entries, emails }: PassResult) => ({
  entries: entries.map(({ type }) => type),
  emails: emails.map(({ kind }) => kind),
});

test('a write that is answered is counted at once; the verb is done with its last one', () => {
  const state = pending(aPurchase(), 'cancel', { when: 'now', cancelAt: null });
  const first = answer(state, done(aSubscription({ status: 'canceled' })));
  const second = answer(first.state, done());

  expect(first).toMatchObject({ entries: [], emails: [], ends: [], state: { pending: { answered: 1 } } });
  expect(second).toMatchObject({
    entries: [{ type: 'purchase.canceled', at: after(60), commandId: 'command-cancel' }],
    ends: [{ rowId: 'command-cancel', state: 'applied', refusal: null }],
    state: { pending: null, attentions: [], version: 2, billing: { ended: { at: after(60), cause: 'internal' } } },
  });
});

test('what a cancellation voids is not told as recovered', () => {
  const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });
  const state = pending(overdue, 'cancel', { when: 'now', cancelAt: null });

  const result = answers(state, done(), done(anInvoice({ status: 'void' })));

  expect(said(result).entries).toEqual(['purchase.canceled']);
});

test('a cancellation holds at the instant that was sent, though the period moved on meanwhile', () => {
  const state = pending(aPurchase(), 'cancel', { when: 'period_end', cancelAt: null });
  const renewed = { ...state, billing: { ...state.billing, periodStart: FEB_28, periodEnd: MAR_31 } } as PurchaseState;

  expect(answer(renewed, done()).state.billing).toMatchObject({ cancellation: { at: FEB_28 } });
});

test('a pause that is answered after the billing has ended does not pause it', () => {
  const state = pending(aPurchase(), 'pause', { resumeAt: null, access: 'suspend' });
  const ended = applyFact(
    state,
    event(aSubscription({ status: 'canceled', endedAt: after(90) }), after(90)),
    contextAt(after(90)),
  );
  if (ended.kind !== 'changed') throw new Error(ended.kind);

  expect(answers(ended.change.next, done(), done()).state.billing).toMatchObject({
    pause: null,
    ended: { at: after(90) },
  });
});

describe('a refusal of the first write [R6.2]', () => {
  test.each([
    [{ kind: 'refused', stripeCode: 'card_declined', isCard: true }, 'card_declined'],
    [refused, 'stripe_refused'],
    [{ kind: 'unsafe', refusal: { code: 'payment_disputed', detail: 'It is disputed.' } }, 'payment_disputed'],
  ] satisfies [WriteAnswer, string][])('%j changes nothing at all', (given, code) => {
    const before = aPurchase();
    const result = answer(pending(before, 'refund', WITH_CANCEL), given);

    expect(result.state).toEqual(before);
    expect(result).toMatchObject({ entries: [], emails: [], ends: [{ state: 'refused', refusal: { code } }] });
  });
});

describe('a refusal after the first write goes forward, and needs a person', () => {
  const result = answers(pending(aPurchase(), 'refund', WITH_CANCEL), done(), done(), refused);

  test('the verb is applied, and says what was refused', () => {
    expect(result.ends).toMatchObject([
      {
        state: 'applied',
        effects: { refused: [{ write: { op: 'refund' }, stripeCode: 'charge_expired_for_refund' }] },
      },
    ]);
    expect(result.state).toMatchObject({ pending: null, attentions: [{ reason: 'refund_refused' }] });
  });

  test('nobody is told of money that did not go back', () => {
    expect(said(result)).toEqual({
      entries: ['purchase.refunded', 'purchase.needs-attention'],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
    });
  });

  test('a retry sends what was refused with a new key; its receipt goes out then', () => {
    const sentAgain = retry(result.state, addDays(LATER, 1));
    const again = answer(sentAgain, done(aRefund({ commandId: 'command-refund' })));

    expect(sentAgain).toMatchObject({
      attentions: [],
      pending: { generation: 1, writes: [{ op: 'refund' }], answered: 0 },
    });
    expect(said(again)).toEqual({
      entries: ['purchase.attention-ended', 'refund.succeeded'],
      emails: ['refund-receipt', 'admin-refund'],
    });
    expect(again).toMatchObject({ ends: [], state: { pending: null, attentions: [] } });
  });

  test('a retry that is refused again, or whose refund fails at once, needs a person again', () => {
    const sentAgain = retry(result.state, addDays(LATER, 1));

    expect(answer(sentAgain, refused).state).toMatchObject({
      pending: null,
      attentions: [{ reason: 'refund_refused' }],
    });
    expect(answer(sentAgain, done(aRefund({ status: 'failed', commandId: 'command-refund' }))).state).toMatchObject({
      pending: null,
      attentions: [{ reason: 'refund_failed' }],
    });
  });

  test('abandoned, it is over', () => {
    const abandoned = endAttention(result.state, result.state.attentions[0]!, PRESSED);

    expect(abandoned).toMatchObject({ state: { attentions: [] }, entries: [{ type: 'purchase.attention-ended' }] });
  });

  test('a later verb does not say again that a person is needed', () => {
    const revived = { ...aPurchase(), attentions: result.state.attentions };
    const next = answers(pending(revived, 'pause', { resumeAt: null, access: 'keep' }), done(), done());

    expect(said(next).entries).toEqual(['purchase.paused']);
    expect(next.state.attentions).toEqual(result.state.attentions);
  });
});

describe('money-back that is refused one of its refunds', () => {
  test('shows which, keeps the end, and rolls nothing back [R10.6]', () => {
    const twice = aPurchase({
      payments: [aPurchase().payments[0]!, { ...aPurchase().payments[0]!, paymentId: 'in_2' }],
    });
    const state = pending(twice, 'money-back', { override: false, hasReason: false });
    const back = aRefund({ amountMinor: 4900, commandId: 'command-money-back' });

    const result = answers(state, done(), done(), done(back), refused);

    expect(result.state).toMatchObject({
      billing: { ended: { cause: 'refund' } },
      refundWindow: { usedAt: after(60) },
      attentions: [{ reason: 'refund_refused', command: { writes: [{ op: 'refund', paymentId: 'in_2' }] } }],
    });
    expect(said(result).entries).toEqual(['refund.succeeded', 'purchase.money-back', 'purchase.needs-attention']);
  });
});

describe('given up by hand', () => {
  test('before Stripe had done anything the command has failed', () => {
    const state = unreachable(pending(aPurchase(), 'pause', { resumeAt: null, access: 'keep' }));

    expect(abandonPending(state, LATER, DEFAULT_SETTINGS)).toMatchObject({
      state: { pending: null, attentions: [], version: 1 },
      ends: [{ rowId: 'command-pause', state: 'failed', refusal: { code: 'abandoned' } }],
    });
  });

  test('after a first write what was done is kept, and no receipt is sent for a refund that was not', () => {
    const state = answers(pending(aPurchase(), 'refund', WITH_CANCEL), done(), done()).state;
    const result = abandonPending(unreachable(state), LATER, DEFAULT_SETTINGS);

    expect(result.state).toMatchObject({ pending: null, attentions: [], billing: { ended: { cause: 'internal' } } });
    expect(said(result).emails).toEqual(['purchase-canceled', 'admin-purchase-canceled']);
  });
});

test('an answer after days without Stripe needs no person any more', () => {
  const state = unreachable(pending(aPurchase(), 'cancel', { when: 'period_end', cancelAt: null }));

  expect(answer(state, done()).state).toMatchObject({ pending: null, attentions: [] });
});

describe('a refund after its verb [R10.3]', () => {
  const heard = (state: PurchaseState, status: 'pending' | 'succeeded' | 'failed', commandId: string | null = 'c') => {
    const outcome = applyFact(state, event(aRefund({ status, commandId }), LATER), contextAt(LATER));
    if (outcome.kind !== 'changed') return null;
    const { next, entries, emails } = outcome.change;
    return { next, entries: entries.map(({ type }) => type), emails: emails.map(({ kind }) => kind) };
  };

  test('moves forward only: pending, succeeded, failed', () => {
    const waiting = heard(aPurchase(), 'pending')!;
    const given = heard(waiting.next, 'succeeded')!;
    const failed = heard(given.next, 'failed')!;

    expect(given).toMatchObject({ entries: ['refund.succeeded'], emails: [] });
    expect(failed).toMatchObject({
      entries: ['refund.failed'],
      emails: ['admin-refund-failed', 'refund-failed'],
      next: { attentions: [{ reason: 'refund_failed' }] },
    });
    expect(heard(failed.next, 'succeeded')).toBeNull();
    expect(failed.next.payments[0]?.refunds).toMatchObject([{ status: 'failed' }]);
  });

  test('made at Stripe it is told to both sides, and revokes only where the account wishes so [R10.4]', () => {
    expect(heard(aPurchase(), 'succeeded', null)).toMatchObject({
      entries: ['refund.succeeded'],
      emails: ['refund-receipt', 'admin-refund'],
      next: { revoked: [] },
    });
    const settings = { ...DEFAULT_SETTINGS, onExternalRefund: 'revoke' as const };
    const outcome = applyFact(aPurchase(), event(aRefund(), LATER), contextAt(LATER, { settings }));
    expect(outcome).toMatchObject({
      change: { next: { revoked: [{ productId: 'course' }, { productId: 'community' }] } },
    });
  });

  test('of a payment that is not known yet, Stripe is read first', () => {
    const outcome = applyFact(aPurchase(), event(aRefund({ paymentId: 'in_9' }), LATER), contextAt(LATER));

    expect(outcome.kind).toBe('read');
  });
});

test('a verb that is done says where the purchase stood before and after [R6.4]', () => {
  const result = answers(pending(aPurchase(), 'cancel', { when: 'now', cancelAt: null }), done(), done());

  expect(result.entries[0]?.change).toEqual({
    before: { billingStatus: 'active', accessStatus: 'full' },
    after: { billingStatus: 'canceled', accessStatus: 'none' },
  });
});

test("a refused step of the system's own command needs attention, and its retry carries it out", () => {
  const cancel = pending(aPurchase(), 'cancel', { when: 'now', cancelAt: null });
  const command = { ...cancel.pending!.command, actor: SYSTEM };
  const first = answer({ ...cancel, pending: { ...cancel.pending!, command } }, refused);
  const again = answers(retry(first.state, LATER), done(), done());

  expect(first).toMatchObject({
    ends: [{ state: 'refused' }],
    entries: [{ type: 'purchase.needs-attention', data: { reason: 'system_step_refused' } }],
    state: { pending: null, attentions: [{ reason: 'system_step_refused' }] },
  });
  expect(again).toMatchObject({
    entries: [{ type: 'purchase.canceled' }],
    state: { pending: null, attentions: [], billing: { ended: { at: after(60) } } },
  });
});

test('attention is ended beside another verb that is under way, which stays', () => {
  const state = unreachable(pending(aPurchase(), 'cancel', { when: 'now', cancelAt: null }));
  const other = { ...state.attentions[0]!, id: 'command-refund:1', reason: 'refund_refused' as const };
  const result = endAttention({ ...state, attentions: [other] }, other, PRESSED);

  expect(result.state).toMatchObject({ attentions: [], pending: { answered: 0 } });
  expect(said(result).entries).toEqual(['purchase.attention-ended']);
});
