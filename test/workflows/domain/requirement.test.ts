import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { completed } from '../../../workflows/domain/complete-plan.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { carriesNoMore, carriesUntil } from '../../../workflows/domain/requirement.ts';
import { withBilling } from '../../../workflows/verbs/subscription-of.ts';
import { aPlan, month } from '../../builders/plan.ts';
import {
  aCancellation,
  aCheckout,
  after,
  aGrant,
  anEnd,
  anInvoice,
  aOneTime,
  anOverdue,
  aPause,
  aPurchase,
  aSubscription,
  contextAt,
  event,
  FEB_28,
  T0,
} from '../../builders/purchase.ts';

const REACHED = { accessStarted: true, accessExpired: true };
const paidPlan = (given: Parameters<typeof aPlan>[0] = {}): PurchaseState =>
  withBilling(aPlan({ paid: 6, ...given }), (billing) => completed(billing, month(5)));

describe('until when a purchase carries what requires it [R27.6]', () => {
  test.each<[what: string, state: PurchaseState, until: string | null, isOver: boolean]>([
    ['live', aPurchase(), null, false],
    ['past due', aPurchase({ billing: { overdue: [anOverdue()] } }), null, false],
    ['paused', aPurchase({ billing: { pause: aPause() } }), null, false],
    ['revoked', aPurchase({ revoked: [] }), null, false],
    ['about to end', aPurchase({ billing: { cancellation: aCancellation() } }), FEB_28, false],
    ['canceled', aPurchase({ billing: { ended: anEnd() } }), after(3600), true],
    [
      'unpaid, with its access kept',
      aPurchase({ billing: { ended: anEnd({ endsAccess: false }) } }),
      after(3600),
      true,
    ],
    ['live, its days of access over', aPurchase({ terms: { accessDays: 1 }, reached: REACHED }), null, false],
    ['a plan that is paid', paidPlan(), null, false],
    ['paid, its days of access to come', paidPlan({ terms: { accessDays: 400 } }), addDays(T0, 400), false],
    ['paid after its days of access', paidPlan({ terms: { accessDays: 9 }, reached: REACHED }), month(5), true],
    ['a grant for ever', aGrant(), null, false],
    ['a grant for some days', aGrant({ accessDays: 9 }), addDays(T0, 9), false],
    ['a grant that has expired', { ...aGrant({ accessDays: 9 }), reached: REACHED }, addDays(T0, 9), true],
    ['paid once', aOneTime(), null, false],
    ['given back', aOneTime({ billing: { ended: anEnd() } }), after(3600), true],
  ])('%s', (_what, state, until, isOver) => {
    expect([carriesUntil(state), carriesNoMore(state)]).toEqual([until, isOver]);
  });
});

describe('a payment that arrives after the end of what it requires', () => {
  const paidAt = after(600);
  const start = (until: string | null, now = after(700)) => {
    const context = contextAt(now, { requirement: { purchaseId: 'purchase-0', until } });
    const paid = applyFact(
      aCheckout(),
      event(anInvoice({ reason: 'first', paidAt, periodStart: paidAt }), paidAt),
      context,
    );
    if (paid.kind !== 'changed') throw new Error(paid.kind);
    const begun = applyFact(paid.change.next, event(aSubscription({ periodStart: paidAt }), paidAt), context);
    if (begun.kind !== 'changed') throw new Error(begun.kind);
    return begun.change;
  };

  test('is sent back in full, like a second purchase', () => {
    const { next, entries, emails, followUps } = start(after(599));

    expect(next).toMatchObject({ duplicateOf: 'purchase-0', lacksRequirement: true, refundWindow: null });
    expect(entries[0]).toMatchObject({ type: 'purchase.duplicate', data: { of: 'purchase-0', lacks: true } });
    expect([emails, followUps]).toEqual([[], [expect.objectContaining({ name: 'return-duplicate' })]]);
  });

  test('where it had ended at the very instant, it is sent back too', () => {
    expect(start(paidAt).next.duplicateOf).toBe('purchase-0');
  });

  test('where it ended after the payment and before its word, it begins, and ends with it', () => {
    const { next, followUps } = start(after(650));

    expect(next).toMatchObject({ duplicateOf: null, refundWindow: { opensAt: paidAt } });
    expect(followUps).toEqual([{ name: 'end-dependent', input: { requiredId: 'purchase-0' }, at: after(650) }]);
  });

  test.each([null, after(900)])('where it goes on (until %s), nothing is sent back', (until) => {
    expect(start(until)).toMatchObject({ next: { duplicateOf: null }, followUps: [] });
  });
});
