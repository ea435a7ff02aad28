import { expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { HeldDiscount } from '../../../workflows/domain/discount.ts';
import type { Fact, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aCheckout, after, aPurchase, aSubscription, contextAt, event, T0 } from '../../builders/purchase.ts';

const HELD: HeldDiscount = {
  discountId: 'di_1',
  percentOff: 50,
  amountOffMinor: null,
  currency: null,
  duration: { months: 3 },
  code: 'SPRING',
  promotionCodeId: 'code-1',
  endsAt: '2027-04-30T09:00:00.000Z',
};
const LATER = after(86_400);
const { discountId: _id, endsAt: _end, ...PROMOTION } = HELD;

const heard = (state: PurchaseState, given: Partial<SubscriptionFact>, source: Fact['source'] = 'event') =>
  applyFact(state, { ...event(aSubscription(given), LATER), source }, contextAt(LATER));

function changed(outcome: ReturnType<typeof applyFact>) {
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  const { next, entries } = outcome.change;
  const discounts = next.billing.kind === 'subscription' ? next.billing.discounts : undefined;
  return { discounts, entries: entries.map(({ type, data }) => [type, data.code]) };
}

test('a checkout with a code begins with its discount, which ends by the calendar', () => {
  const checkout = { ...aCheckout(), promotion: { ...PROMOTION, promotionCodeId: 'code-1', code: 'SPRING' } };

  const { discounts, entries } = changed(heard(checkout, { discountIds: ['di_1'] }));

  expect(discounts).toEqual([HELD]);
  expect(entries).toEqual([['purchase.bought', 'SPRING']]);
});

test('a code for one charge that its first invoice has used up lessens nothing more', () => {
  const promotion = { ...PROMOTION, promotionCodeId: 'code-1', code: 'SPRING', duration: 'once' as const };

  const { discounts } = changed(heard({ ...aCheckout(), promotion }, { discountIds: [], discounts: [] }));

  expect(discounts).toBeUndefined();
});

test('an event with a discount that is not known is answered by reading Stripe [R22.7]', () => {
  expect(heard(aPurchase(), { discountIds: ['di_9'] })).toEqual({ kind: 'read' });
  expect(changed(heard(aPurchase(), { discountIds: ['di_1'], discounts: [HELD] }, 'read'))).toEqual({
    discounts: [HELD],
    entries: [['purchase.discount-added', 'SPRING']],
  });
});

test('an event with what is known changes nothing, and one without it takes it off', () => {
  const purchase = aPurchase({ billing: { discounts: [HELD] } });

  expect(heard(purchase, { discountIds: ['di_1'] })).toMatchObject({ kind: 'no_change' });
  expect(changed(heard(purchase, { discountIds: [], discounts: [] }))).toEqual({
    discounts: [],
    entries: [['purchase.discount-ended', 'SPRING']],
  });
});

test('a fact that says nothing of discounts, or an answer with ids alone, leaves them as they are', () => {
  const purchase = aPurchase({ billing: { discounts: [HELD] } });

  expect(heard(purchase, {})).toMatchObject({ kind: 'no_change' });
  expect(heard(purchase, { discountIds: ['di_9'] }, 'answer')).toMatchObject({ kind: 'no_change' });
});

test('the first of several events brings the discount of the code, whatever it ends', () => {
  const state = { ...aCheckout(), promotion: { ...PROMOTION, promotionCodeId: 'code-1', code: 'SPRING' } };

  const outcome = applyFact(
    state,
    event(aSubscription({ status: 'incomplete', discountIds: ['di_1'] }), T0),
    contextAt(T0),
  );

  expect(changed(outcome)).toMatchObject({ discounts: [HELD], entries: [] });
});
