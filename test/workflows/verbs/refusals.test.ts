import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { Actor, VerbName } from '../../../workflows/domain/verb.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { aCallingPurchase, aCredit, someCredits } from '../../builders/calls.ts';
import {
  ADMIN,
  after,
  aGrant,
  anOverdue,
  aPause,
  aPayment,
  aPurchase,
  askedBy,
  FEB_28,
  MAR_31,
  OWNER,
  T0,
} from '../../builders/purchase.ts';

const NOW = after(7200);
const paused = aPurchase({ billing: { pause: aPause() } });
const partly = aPurchase({
  payments: [
    aPayment({ refunds: [{ refundId: 're_1', amountMinor: 4000, status: 'pending', createdAt: T0, commandId: null }] }),
  ],
  billing: { overdue: [anOverdue()] },
});
const refund = { paymentId: 'in_1', amountMinor: null, billing: 'keep', access: 'keep' };
const credited = aCallingPurchase({ credits: someCredits([aCredit(), aCredit({ id: 2, heldBy: 'call-1' })]) });
const byHand = { count: 1, expiresAt: null, hasReason: true };
const oneRevoked = aPurchase({ revoked: [{ productId: 'course', since: T0, by: ADMIN }] });

/** Impossible values: 422, naming the field [R6.1]. */
const VALUES: [string, VerbName, PurchaseState, object, object][] = [
  ['a resume date in the past', 'pause', aPurchase(), { resumeAt: T0, access: 'keep' }, past('resumeAt')],
  ['a resume date of now', 'pause', aPurchase(), { resumeAt: NOW, access: 'keep' }, past('resumeAt')],
  ['a part of a second', 'pause', aPurchase(), { resumeAt: '2027-03-01T00:00:00.500Z' }, wrong('resumeAt')],
  ['a bare date', 'pause', aPurchase(), { resumeAt: '2027-03-01' }, wrong('resumeAt')],
  ['a new date in the past', 'change-resume-date', paused, { resumeAt: T0 }, past('resumeAt')],
  ['a cancel date in the past', 'cancel', aPurchase(), { when: 'at', cancelAt: T0 }, past('cancelAt')],
  ['no cancel date', 'cancel', aPurchase(), { when: 'at', cancelAt: null }, wrong('cancelAt')],
  ['a cancel date for now', 'cancel', aPurchase(), { when: 'now', cancelAt: FEB_28 }, wrong('cancelAt')],
  [
    'a part of a second',
    'cancel',
    aPurchase(),
    { when: 'at', cancelAt: '2027-03-01T00:00:00.001Z' },
    wrong('cancelAt'),
  ],
  [
    'a period that has just ended',
    'cancel',
    aPurchase({ billing: { periodEnd: T0 } }),
    { when: 'period_end', cancelAt: null },
    { code: 'instant_past', field: 'when', at: T0 },
  ],
  [
    'a period that has just ended',
    'refund',
    aPurchase({ billing: { periodEnd: T0 } }),
    { ...refund, billing: 'cancel_period_end' },
    { code: 'instant_past', field: 'billing', at: T0 },
  ],
  ['an unknown product', 'revoke', aPurchase(), { productIds: ['other'] }, unknown()],
  ['no product', 'revoke', aPurchase(), { productIds: [] }, unknown()],
  ['an unknown product', 'restore', oneRevoked, { productIds: ['other'] }, unknown()],
  [
    'an unknown payment',
    'refund',
    aPurchase(),
    { ...refund, paymentId: 'in_9' },
    { code: 'unknown_payment', field: 'paymentId' },
  ],
  ['nothing', 'refund', aPurchase(), { ...refund, amountMinor: 0 }, { code: 'amount_invalid', field: 'amountMinor' }],
  ['less than nothing', 'refund', aPurchase(), { ...refund, amountMinor: -1 }, { code: 'amount_invalid' }],
  ['half a cent', 'refund', aPurchase(), { ...refund, amountMinor: 0.5 }, { code: 'amount_invalid' }],
  [
    'more than was paid',
    'refund',
    aPurchase(),
    { ...refund, amountMinor: 4901 },
    { code: 'amount_too_large', field: 'amountMinor' },
  ],
  ['more than is left', 'refund', partly, { ...refund, amountMinor: 901 }, { code: 'amount_too_large' }],
  ['no days and no date', 'extend', aGrant({ accessDays: 9 }), { days: null, until: null }, wrong('days')],
  ['both', 'extend', aGrant({ accessDays: 9 }), { days: 1, until: addDays(T0, 99) }, wrong('days')],
  ['a bare date', 'extend', aGrant({ accessDays: 9 }), { days: null, until: '2027-03-01' }, wrong('until')],
  ['an earlier end', 'extend', aGrant({ accessDays: 9 }), { days: null, until: addDays(T0, 8) }, past('until')],
  ['no credit at all', 'issue-credit', credited, { ...byHand, count: 0 }, { code: 'too_many_credits', field: 'count' }],
  ['more than may be open', 'issue-credit', credited, { ...byHand, count: 119 }, { code: 'too_many_credits' }],
  ['an expiry of now', 'issue-credit', credited, { ...byHand, expiresAt: NOW }, past('expiresAt')],
  ['a bare date', 'issue-credit', credited, { ...byHand, expiresAt: '2027-03-01' }, wrong('expiresAt')],
  [
    'no reason',
    'issue-credit',
    credited,
    { ...byHand, hasReason: false },
    { code: 'reason_required', field: 'reason' },
  ],
  ['no reason', 'forfeit-credit', credited, { creditIds: ['purchase-1:1'], hasReason: false }, { field: 'reason' }],
  ['no credit', 'forfeit-credit', credited, { creditIds: [], hasReason: true }, noCredit()],
  ['another purchase’s', 'forfeit-credit', credited, { creditIds: ['purchase-2:1'], hasReason: true }, noCredit()],
  ['one of them unknown', 'forfeit-credit', credited, { creditIds: ['purchase-1:1', 'purchase-1:9'] }, noCredit()],
  ['a bare date', 'access-start', aGrant(), { startsAt: '2027-03-01' }, wrong('startsAt')],
];

function past(field: string) {
  return { code: 'instant_past', field };
}
function wrong(field: string) {
  return { code: 'invalid_instant', field };
}
function noCredit() {
  return { code: 'unknown_credit', field: 'creditIds' };
}
function unknown() {
  return { code: 'unknown_product', field: 'productIds' };
}

describe('an impossible value is refused, naming its field', () => {
  test.each(VALUES)('%s: %s', (_what, verb, state, input, refusal) => {
    expect(ask(verb, state, input, askedBy(NOW))).toMatchObject(refusal);
    expect(ask(verb, state, input, askedBy(NOW))?.legalVerbs).toBeUndefined();
  });
});

describe('what the state forbids only for this value says so too, with what is legal [R6.1]', () => {
  test.each<[string, VerbName, PurchaseState, object, object]>([
    [
      'a failed payment',
      'refund',
      partly,
      { ...refund, paymentId: 'in_2' },
      { code: 'payment_failed', state: 'past_due' },
    ],
    [
      'one of two payments is disputed',
      'refund',
      aPurchase({ payments: [aPayment(), aPayment({ paymentId: 'in_2', disputedAt: T0 })] }),
      { ...refund, paymentId: 'in_2' },
      { code: 'payment_disputed', state: 'active' },
    ],
    [
      'a cancellation of what has ended',
      'refund',
      aPurchase({ billing: { ended: { at: T0, cause: 'api', by: ADMIN, endsAccess: true } } }),
      { ...refund, billing: 'cancel_now' },
      { code: 'wrong_state', field: 'billing', state: 'canceled', legalVerbs: ['refund', 'money-back'] },
    ],
    [
      'a product that is revoked already',
      'revoke',
      oneRevoked,
      { productIds: ['course'] },
      { code: 'already_revoked' },
    ],
    [
      'a credit that a call holds',
      'forfeit-credit',
      credited,
      { creditIds: ['purchase-1:2'], hasReason: true },
      { code: 'credit_held' },
    ],
    ['a product that is open', 'restore', oneRevoked, { productIds: ['community'] }, { code: 'nothing_to_restore' }],
  ])('%s', (_what, verb, state, input, refusal) => {
    const refused = ask(verb, state, input, askedBy(NOW));

    expect(refused).toMatchObject(refusal);
    expect(refused?.legalVerbs?.length).toBeGreaterThan(0);
  });
});

describe('money-back [R10.6]', () => {
  const CLOSES = addDays(T0, 30);
  const LATE = addDays(T0, 31);
  const OPERATOR: Actor = { kind: 'operator', id: 'op-1', role: 'operator' };
  const asked = (now: string, actor: Actor, override: boolean, hasReason: boolean) =>
    ask('money-back', aPurchase(), { override, hasReason }, askedBy(now, actor))?.code ?? null;

  test('is legal at the window’s closing instant, and a millisecond later is not', () => {
    expect(asked(CLOSES, ADMIN, false, false)).toBeNull();
    expect(ask('money-back', aPurchase(), { override: false }, askedBy('2027-03-02T09:00:00.001Z'))).toMatchObject({
      code: 'refund_window_closed',
      field: 'override',
      at: CLOSES,
    });
  });

  test('later only an owner or an operator may, with a reason', () => {
    expect(asked(LATE, ADMIN, true, true)).toBe('override_forbidden');
    expect(asked(LATE, OWNER, false, true)).toBe('refund_window_closed');
    expect(asked(LATE, OWNER, true, false)).toBe('reason_required');
    expect(asked(LATE, OWNER, true, true)).toBeNull();
    expect(asked(LATE, OPERATOR, true, true)).toBeNull();
  });
});

test('a future date that is fine is not refused', () => {
  expect(ask('pause', aPurchase(), { resumeAt: MAR_31, access: 'suspend' }, askedBy(NOW))).toBeNull();
  expect(ask('cancel', aPurchase(), { when: 'at', cancelAt: MAR_31 }, askedBy(NOW))).toBeNull();
});
