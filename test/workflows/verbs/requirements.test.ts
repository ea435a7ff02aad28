import { describe, expect, test } from '@jest/globals';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import type { Dependent } from '../../../workflows/domain/requirement.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { VERB_NAMES, type PlannedName } from '../../../workflows/domain/verb.ts';
import { ask } from '../../../workflows/verbs/ask.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { runPass } from '../../../workflows/purchase/pass.ts';
import { applyAnswers } from '../../../workflows/purchase/write-answer.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { aPlan } from '../../builders/plan.ts';
import {
  aCommand,
  aCancellation,
  aCheckout,
  after,
  aGrant,
  aOneTime,
  aPurchase,
  aSubscription,
  askedBy,
  at,
  commandRow,
  factRow,
  FEB_28,
  GOLD,
  taken,
  T0,
} from '../../builders/purchase.ts';
import { pass } from '../a-pass.ts';
import { becoming } from './offer-change-plans.ts';

const NOW = after(60);
const DEPENDENT: Dependent = { purchaseId: 'purchase-2', until: null, offerIds: ['offer-1'] };
const NOW_AND = { when: 'now', cancelAt: null };

const refusal = (name: PlannedName, input: object, dependents: Dependent[], state: PurchaseState = aPurchase()) =>
  ask(name, state, input, { ...askedBy(NOW), dependents });

describe('by verb, nobody ends what another purchase requires [R27.6]', () => {
  test.each<[PlannedName, object]>([
    ['cancel', NOW_AND],
    ['cancel', { when: 'period_end', cancelAt: null }],
    ['cancel', { when: 'at', cancelAt: addDays(T0, 45) }],
    ['money-back', { override: false, hasReason: false }],
    ['refund', { paymentId: 'in_1', amountMinor: null, billing: 'cancel_now', access: 'keep' }],
    ['refund', { paymentId: 'in_1', amountMinor: null, billing: 'cancel_period_end', access: 'keep' }],
  ])('%s %j is refused, and names it', (name, input) => {
    expect(refusal(name, input, [DEPENDENT])).toMatchObject({ code: 'is_required', purchaseIds: ['purchase-2'] });
    expect(refusal(name, input, [])).toBeNull();
  });

  test('what ends earlier itself is not in the way', () => {
    const atEnd = { when: 'period_end', cancelAt: null };
    expect(refusal('cancel', atEnd, [{ ...DEPENDENT, until: FEB_28 }])).toBeNull();
    expect(refusal('cancel', NOW_AND, [{ ...DEPENDENT, until: FEB_28 }])?.code).toBe('is_required');
  });

  test('a date moved out is nothing that ends, and neither is a pause or a revocation', () => {
    const canceling = aPurchase({ billing: { cancellation: aCancellation() } });
    const later = { when: 'at', cancelAt: addDays(FEB_28, 20) };
    expect(refusal('cancel', later, [DEPENDENT], canceling)).toBeNull();
    expect(refusal('undo-cancel', {}, [DEPENDENT], canceling)).toBeNull();
    expect(refusal('pause', { resumeAt: null, access: 'suspend' }, [DEPENDENT])).toBeNull();
    expect(refusal('revoke', { productIds: null }, [DEPENDENT])).toBeNull();
  });

  test('days of access that are cut short by moving their start are refused as well', () => {
    const grant = aGrant({ accessDays: 30 });
    const earlier = { startsAt: addDays(T0, -20) };
    expect(refusal('access-start', earlier, [DEPENDENT], grant)?.code).toBe('is_required');
    expect(refusal('access-start', { startsAt: addDays(T0, 3) }, [DEPENDENT], grant)).toBeNull();
  });

  test.each(['now', 'period_end'] as const)('another offer (%s) has to be one that is required as well', (when) => {
    const change = { ...becoming(GOLD), when };
    expect(refusal('change-offer', change, [DEPENDENT])?.code).toBe('is_required');
    expect(refusal('change-offer', change, [{ ...DEPENDENT, offerIds: ['offer-1', GOLD.offerId] }])).toBeNull();
  });

  test('the verbs named as legal leave out the one that is refused', () => {
    const { legalVerbs } = refusal('cancel', NOW_AND, [DEPENDENT]) ?? {};
    expect(legalVerbs).toEqual(expect.arrayContaining(['pause', 'refund']));
    expect(legalVerbs).not.toContain('cancel');
    expect(VERB_NAMES).toContain('cancel');
  });
});

describe('what ends tells those that require it, once and as of its end', () => {
  const told = { name: 'end-dependent', input: { requiredId: 'purchase-1' }, to: 'dependents' };

  test('a subscription that ends at Stripe', () => {
    const ended = aSubscription({ status: 'canceled', endedAt: after(30), endReason: 'payment_failed' });
    const first = pass(aPurchase(), [factRow(ended, after(31))], after(40));
    expect(first.followUps).toEqual([{ ...told, at: after(30) }]);
    expect(pass(first.state, [factRow(ended, after(32), 2)], after(50)).followUps).toEqual([]);
  });

  test('a grant whose days of access are over, however late that is noticed', () => {
    const grant = aGrant({ accessDays: 9 });
    expect(pass(grant, [], addDays(T0, 8)).followUps).toEqual([]);
    expect(pass(grant, [], addDays(T0, 12)).followUps).toEqual([{ ...told, at: addDays(T0, 9) }]);
  });
});

describe('what becomes another offer tells those that require the one before [R27.6]', () => {
  const told = { name: 'end-dependent', input: { requiredId: 'purchase-1', offerId: 'offer-1' }, to: 'dependents' };

  test('changed at Stripe', () => {
    const changed = aSubscription({ priceId: 'price_2', soldAs: GOLD });
    const outcome = runPass(aPurchase(), taken([]), at(after(40)), { objects: [changed], at: after(30), covers: [] });

    expect(outcome.state.terms.offerId).toBe(GOLD.offerId);
    expect(outcome.followUps).toEqual([{ ...told, at: after(30) }]);
  });

  test('changed by a verb, for what was sold on it meanwhile', () => {
    const command = aCommand('change-offer', { ...becoming(GOLD), proration: 'none' }, { askedAt: NOW });
    const begun = runPass(aPurchase(), taken([commandRow(command)]), at(NOW), null).state;

    expect(applyAnswers(begun, [{ kind: 'done', objects: [] }], NOW, DEFAULT_SETTINGS).followUps).toEqual([
      { ...told, at: after(7200) },
    ]);
  });

  test.each([
    ['requires and has nothing', null, ['cancelNow', 'voidOpenInvoices']],
    ['is satisfied by another one', { purchaseId: 'purchase-2', until: null }, undefined],
    ['was not told what there is', undefined, undefined],
  ])('one that %s', (_what, requirement, writes) => {
    const command = aCommand('end-dependent', { requiredId: 'purchase-0', offerId: 'offer-0' }, { askedAt: NOW });
    const given = requirement === undefined ? {} : { requirement };
    const addOn = aPurchase({ terms: { requires: ['offer-0'] } });
    const { state } = runPass(addOn, taken([commandRow(command)], given), at(NOW), null);

    expect(state.pending?.writes.map(({ op }) => op)).toEqual(writes);
  });
});

describe('what requires it', () => {
  const row = (askedAt: string) =>
    commandRow(
      aCommand('end-dependent', { requiredId: 'purchase-0' }, { askedAt, actor: { kind: 'system', id: null } }),
    );
  const told = (state: PurchaseState, until: string | null) => {
    const requirement = { purchaseId: 'purchase-0', until };
    return runPass(state, taken([row(NOW)], { requirement }), at(after(90)), null);
  };

  test('is canceled at Stripe as of that instant, and nothing is refunded', () => {
    const { state } = told(aPurchase(), NOW);
    expect(state.pending?.writes.map(({ op }) => op)).toEqual(['cancelNow', 'voidOpenInvoices']);
    const { next } = plan('end-dependent', aPurchase(), { requiredId: 'purchase-0' }, askedBy(NOW));
    expect(next.billing).toMatchObject({ ended: { at: NOW, cause: 'requirement_ended', endsAccess: true } });
  });

  test.each([null, after(61)])('goes on where another one satisfies it, until %s', (until) => {
    const { state, ends } = told(aPurchase(), until);
    expect([state.pending, ends]).toMatchObject([null, [{ state: 'refused', refusal: { code: 'unchanged' } }]]);
  });

  test.each([
    ['a grant', aGrant()],
    ['paid once', aOneTime()],
    ['a plan that is paid', aPlan({ billing: { ended: anEndOfPlan() } })],
  ])('that no billing keeps (%s) loses its access then', (_what, state) => {
    const { next } = plan('end-dependent', state, { requiredId: 'purchase-0' }, askedBy(NOW));
    expect(pass(next, [], after(70)).state).toMatchObject({ pending: null });
    expect(told(state, NOW)).toMatchObject({
      entries: [{ type: 'purchase.canceled', data: { cause: 'requirement_ended', requiredId: 'purchase-0' } }],
      emails: [{ kind: 'purchase-canceled' }, { kind: 'admin-purchase-canceled' }],
      followUps: [{ name: 'end-dependent', to: 'dependents', at: NOW }],
    });
  });

  test('that has ended already is left as it is', () => {
    const over = told(aGrant(), NOW).state;
    expect(told(over, NOW).ends).toMatchObject([{ state: 'refused', refusal: { code: 'wrong_state' } }]);
  });

  test('and is only about to begin, is refused its beginning', () => {
    const grant = { ...aCheckout(), origin: 'granted' as const };
    const input = { isNewCustomer: true, skipConfirmation: false, skipWelcome: false };
    const requirement = { purchaseId: 'purchase-0', until: NOW };
    expect(ask('grant', grant, input, { ...askedBy(NOW), requirement })?.code).toBe('requirement_missing');
  });
});

function anEndOfPlan() {
  return { at: T0, cause: 'completed' as const, by: { kind: 'system' as const, id: null }, endsAccess: false };
}
