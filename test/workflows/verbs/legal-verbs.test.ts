import { describe, expect, test } from '@jest/globals';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { VERB_NAMES, type VerbName } from '../../../workflows/domain/verb.ts';
import { billingStatus } from '../../../workflows/domain/billing.ts';
import { forbids, legalVerbs } from '../../../workflows/verbs/ask.ts';
import { withBilling } from '../../../workflows/verbs/subscription-of.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { aCalled, aCallingPurchase, aCredit, someCredits } from '../../builders/calls.ts';
import { aPlan, month } from '../../builders/plan.ts';
import {
  aCancellation,
  aCheckout,
  aFree,
  after,
  aGrant,
  anEnd,
  anOverdue,
  aOneTime,
  aPause,
  aPayment,
  aPendingChange,
  aPurchase,
  FEB_28,
  T0,
} from '../../builders/purchase.ts';

const NOW = after(7200);
const SUSPENDED = aPause({ access: 'suspend', resumeAt: addDays(T0, 20) });
const CANCELS = aCancellation();
const revoked = (...ids: string[]) =>
  ids.map((productId) => ({ productId, since: T0, by: { kind: 'admin', id: 'a' } as const }));
const refunds = [{ refundId: 're_1', amountMinor: 4900, status: 'succeeded', createdAt: T0, commandId: null } as const];
const TRIAL = { payments: [], refundWindow: null, billing: { phase: 'trialing' as const } };
const COMPLETED = aPlan({ paid: 6, billing: { ended: anEnd({ cause: 'completed', endsAccess: false }) } });
const USED = { opensAt: T0, closesAt: addDays(T0, 30), usedAt: after(60), closedAt: null };

const BY_HAND = ['issue-credit', 'forfeit-credit'] as const;

/** Every state a purchase can be in, and what may be done in it [R6.1, R7.1, R8]. */
const MATRIX: [string, PurchaseState, VerbName[]][] = [
  ['trialing', aPurchase(TRIAL), ['pause', 'cancel', 'change-offer', 'revoke', 'access-start']],
  [
    'trialing, canceling',
    aPurchase({ ...TRIAL, billing: { phase: 'trialing', cancellation: CANCELS } }),
    ['cancel', 'undo-cancel', 'revoke', 'access-start'],
  ],
  ['active', aPurchase(), ['pause', 'cancel', 'change-offer', 'revoke', 'refund', 'money-back', 'access-start']],
  [
    'active, canceling',
    aPurchase({ billing: { cancellation: CANCELS } }),
    ['cancel', 'undo-cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'active, changing its offer',
    aPurchase({ billing: { pendingChange: aPendingChange() } }),
    ['cancel', 'undo-change-offer', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'trialing, changing its offer',
    aPurchase({ ...TRIAL, billing: { phase: 'trialing', pendingChange: aPendingChange() } }),
    ['cancel', 'undo-change-offer', 'revoke', 'access-start'],
  ],
  [
    'a second purchase',
    aPurchase({ duplicateOf: 'purchase-0' }),
    ['pause', 'cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'past due',
    aPurchase({ billing: { overdue: [anOverdue()] } }),
    ['cancel', 'revoke', 'refund', 'money-back', 'retry-payment', 'access-start'],
  ],
  [
    'past due, canceling',
    aPurchase({ billing: { overdue: [anOverdue()], cancellation: CANCELS } }),
    ['cancel', 'undo-cancel', 'revoke', 'refund', 'money-back', 'retry-payment', 'access-start'],
  ],
  [
    'paused',
    aPurchase({ billing: { pause: aPause() } }),
    ['resume', 'change-resume-date', 'cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'paused in trial',
    aPurchase({ ...TRIAL, billing: { phase: 'trialing', pause: aPause() } }),
    ['resume', 'change-resume-date', 'cancel', 'revoke', 'access-start'],
  ],
  [
    'paused without access, canceling',
    aPurchase({ billing: { pause: SUSPENDED, cancellation: CANCELS } }),
    ['resume', 'change-resume-date', 'cancel', 'undo-cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  ['canceled', aPurchase({ billing: { ended: anEnd() } }), ['refund', 'money-back']],
  ['canceled while paused', aPurchase({ billing: { ended: anEnd(), pause: aPause() } }), ['refund', 'money-back']],
  [
    'canceled, access kept',
    aPurchase({ billing: { ended: anEnd({ cause: 'delinquent', endsAccess: false }) } }),
    ['revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'canceled, nothing left',
    aPurchase({ payments: [aPayment({ refunds: [...refunds] })], billing: { ended: anEnd() } }),
    [],
  ],
  [
    'one product revoked',
    aPurchase({ revoked: revoked('course') }),
    ['pause', 'cancel', 'change-offer', 'revoke', 'restore', 'refund', 'money-back', 'access-start'],
  ],
  [
    'all revoked',
    aPurchase({ revoked: revoked('course', 'community') }),
    ['pause', 'cancel', 'change-offer', 'restore', 'refund', 'money-back', 'access-start'],
  ],
  [
    'all revoked, canceled',
    aPurchase({ revoked: revoked('course', 'community'), billing: { ended: anEnd() } }),
    ['restore', 'refund', 'money-back'],
  ],
  [
    'fully refunded',
    aPurchase({ payments: [aPayment({ refunds: [...refunds] })] }),
    ['pause', 'cancel', 'change-offer', 'revoke', 'money-back', 'access-start'],
  ],
  [
    'disputed',
    aPurchase({ payments: [aPayment({ disputedAt: T0 })] }),
    ['pause', 'cancel', 'change-offer', 'revoke', 'access-start'],
  ],
  [
    'without a window',
    aPurchase({ refundWindow: null }),
    ['pause', 'cancel', 'change-offer', 'revoke', 'refund', 'access-start'],
  ],
  ['window used', aPurchase({ refundWindow: USED, billing: { ended: anEnd() } }), ['refund']],
  ['paid once', aOneTime(), ['revoke', 'refund', 'money-back', 'access-start']],
  ['paid once, without a window', aOneTime({ refundWindow: null }), ['revoke', 'refund', 'access-start']],
  [
    'paid once, all revoked',
    aOneTime({ revoked: revoked('course', 'community') }),
    ['restore', 'refund', 'money-back', 'access-start'],
  ],
  [
    'paid once, fully refunded',
    aOneTime({ payments: [aPayment({ refunds: [...refunds] })] }),
    ['revoke', 'access-start'],
  ],
  ['paid once, disputed', aOneTime({ payments: [aPayment({ disputedAt: T0 })] }), ['revoke', 'access-start']],
  ['paid once, money back', aOneTime({ refundWindow: USED, billing: { ended: anEnd() } }), ['refund']],
  ['free', aFree(), ['revoke', 'access-start']],
  ['free, revoked', { ...aFree(), revoked: revoked('course', 'community') }, ['restore', 'access-start']],
  ['payment plan', aPlan(), ['pause', 'cancel', 'revoke', 'refund', 'money-back', 'pay-off', 'access-start']],
  [
    'payment plan, its instalment being charged',
    aPlan({ billing: { periodStart: month(2), periodEnd: month(3) } }),
    ['pause', 'cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'payment plan, canceling',
    aPlan({ billing: { cancellation: aCancellation(addDays(FEB_28, 30)) } }),
    ['cancel', 'undo-cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  [
    'payment plan, past due',
    aPlan({ billing: { overdue: [anOverdue()] } }),
    ['cancel', 'revoke', 'refund', 'money-back', 'retry-payment', 'access-start'],
  ],
  [
    'payment plan, paused',
    aPlan({ billing: { pause: aPause() } }),
    ['resume', 'change-resume-date', 'cancel', 'revoke', 'refund', 'money-back', 'access-start'],
  ],
  ['payment plan, completed', COMPLETED, ['revoke', 'refund', 'money-back', 'access-start']],
  ['payment plan, canceled', aPlan({ billing: { ended: anEnd() } }), ['refund', 'money-back']],
  ['grant', aGrant(), ['revoke', 'access-start']],
  ['grant for some days', aGrant({ accessDays: 9 }), ['revoke', 'access-start', 'extend']],
  [
    'with a credit',
    aCallingPurchase(),
    ['pause', 'cancel', 'change-offer', 'revoke', 'refund', 'money-back', 'access-start', ...BY_HAND],
  ],
  [
    'with a credit that a call holds',
    aCalled(),
    ['pause', 'cancel', 'change-offer', 'revoke', 'refund', 'money-back', 'access-start', 'issue-credit'],
  ],
  [
    'with all the credits that may be open',
    aCallingPurchase({ credits: someCredits(Array.from({ length: 120 }, (_, id) => aCredit({ id }))) }),
    ['pause', 'cancel', 'change-offer', 'revoke', 'refund', 'money-back', 'access-start', 'forfeit-credit'],
  ],
  ['with credits, canceled', withBilling(aCallingPurchase(), () => ({ ended: anEnd() })), ['refund', 'money-back']],
  ['grant, revoked', { ...aGrant(), revoked: revoked('course', 'community') }, ['restore', 'access-start']],
];

const CELLS = MATRIX.flatMap(([what, state, legal]) =>
  VERB_NAMES.map((verb): [VerbName, string, 'legal' | 'refused', PurchaseState, VerbName[]] => [
    verb,
    what,
    legal.includes(verb) ? 'legal' : 'refused',
    state,
    legal,
  ]),
);

describe('every verb in every state', () => {
  test.each(CELLS)('%s, %s: %s', (verb, _what, verdict, state, legal) => {
    const refusal = forbids(verb, state, NOW);

    if (verdict === 'legal') return expect(refusal).toBeNull();
    expect(refusal).toMatchObject({ state: billingStatus(state.billing), legalVerbs: legal });
    expect(refusal?.detail).not.toBe('');
  });

  test.each(MATRIX)('the legal verbs of %s', (_what, state, legal) => {
    expect(legalVerbs(state, NOW)).toEqual(legal);
  });
});

describe('a checkout is no purchase yet', () => {
  test.each(VERB_NAMES)('%s is refused', (verb) => {
    expect(forbids(verb, aCheckout(), NOW)).toMatchObject({ code: 'not_a_purchase' });
  });
});

describe('a refusal by state says which', () => {
  test.each<[VerbName, PurchaseState, string]>([
    ['pause', aPurchase({ billing: { cancellation: CANCELS } }), 'wrong_state'],
    ['revoke', aPurchase({ revoked: revoked('course', 'community') }), 'already_revoked'],
    ['restore', aPurchase(), 'nothing_to_restore'],
    ['money-back', aPurchase({ refundWindow: USED }), 'refund_window_used'],
    ['money-back', aPurchase({ payments: [aPayment({ disputedAt: T0 })] }), 'payment_disputed'],
    ['undo-cancel', aPurchase({ billing: { cancellation: aCancellation(T0) } }), 'wrong_state'],
  ])('%s', (verb, state, code) => {
    expect(forbids(verb, state, NOW)?.code).toBe(code);
  });
});
