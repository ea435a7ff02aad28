import { describe, expect, test } from '@jest/globals';
import { accessStatus, accessUntil, productAccess } from '../../../workflows/domain/access.ts';
import { billingStatus } from '../../../workflows/domain/billing.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { PlannedName } from '../../../workflows/domain/verb.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { aCheckout, aFree, after, aGrant, aOneTime, aPurchase, askedBy, FEB_28, T0 } from '../../builders/purchase.ts';

const NOW = after(7200);
const FREE = { price: { kind: 'free' } } as const;

const next = (name: PlannedName, state: PurchaseState, input: object): PurchaseState =>
  plan(name, state, input, askedBy(NOW)).next;

test('money-back of what was paid once ends it and its access, cause refund [R5.2]', () => {
  const ended = next('money-back', aOneTime(), { override: false });

  expect(billingStatus(ended.billing)).toBe('canceled');
  expect(ended.billing).toMatchObject({ ended: { at: NOW, cause: 'refund', endsAccess: true } });
  expect(accessStatus(ended, NOW)).toBe('none');
});

test('taking what is free begins it when it was asked, with its days of access', () => {
  expect(next('take-free', aCheckout({ ...FREE, accessDays: 7 }), {})).toMatchObject({
    startedAt: NOW,
    origin: 'bought',
    access: { startsAt: NOW, endsAt: addDays(NOW, 7) },
    billing: { kind: 'none' },
  });
});

test.each([
  ['what is charged is not taken', aCheckout(), 'wrong_state'],
  ['what was taken is not taken again', aFree(), 'already_live'],
])('%s', (_what, state, code) => {
  expect(ask('take-free', state, {}, askedBy(NOW))).toMatchObject({ code });
});

test('a refund of what was paid once cannot ask for a cancellation too', () => {
  const input = { paymentId: 'in_1', amountMinor: null, billing: 'cancel_now', access: 'keep' };

  expect(ask('refund', aOneTime(), input, askedBy(NOW))).toMatchObject({ code: 'wrong_state', field: 'billing' });
});

/** The same two dates for each kind of billing [R4.3]. */
describe.each<[string, (terms: { accessDays: number; accessStartsAt: string }) => PurchaseState]>([
  ['a subscription', (terms) => aPurchase({ terms })],
  ['what is paid once', (terms) => aOneTime({ terms })],
  ['what is free', aFree],
  ['a grant', aGrant],
])('days of access and access start of %s', (_kind, make) => {
  const starts = addDays(T0, 3);
  const state = make({ accessDays: 10, accessStartsAt: starts });
  const blocksAt = (now: string, of = state) => productAccess(of, now)[0]!.blocks.map(({ source }) => source);

  test('open it between them', () => {
    const ends = addDays(starts, 10);

    expect(state.access).toEqual({ startsAt: starts, endsAt: ends });
    expect([T0, starts, ends].map((now) => blocksAt(now))).toEqual([['not_started'], [], ['expired']]);
    expect(accessUntil(state)).toBe(ends);
  });

  test('move with access-start, and what is charged does not', () => {
    const moved = next('access-start', state, { startsAt: FEB_28 });
    const ofBilling = (of: PurchaseState) => dueList(of).filter(({ kind }) => !kind.startsWith('access-'));

    expect(moved.access).toEqual({ startsAt: FEB_28, endsAt: addDays(FEB_28, 10) });
    expect([starts, FEB_28, addDays(FEB_28, 10)].map((now) => blocksAt(now, moved))).toEqual([
      ['not_started'],
      [],
      ['expired'],
    ]);
    expect([moved.billing, ofBilling(moved)]).toEqual([state.billing, ofBilling(state)]);
  });
});
