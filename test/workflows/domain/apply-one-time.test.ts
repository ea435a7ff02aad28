import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { billingStatus, isLive, nextChargeAt } from '../../../workflows/domain/billing.ts';
import { dueList } from '../../../workflows/domain/due.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aCheckoutOfOnce, after, aOneTime, aRefund, aSale, contextAt, event, T0 } from '../../builders/purchase.ts';

const heard = (state: PurchaseState, object: StripeObject, duplicateOf: string | null = null) =>
  applyFact(state, event(object, after(1)), contextAt(after(2), { duplicateOf }));

function changed(state: PurchaseState, object: StripeObject, duplicateOf: string | null = null) {
  const outcome = heard(state, object, duplicateOf);
  if (outcome.kind !== 'changed') throw new Error(outcome.kind);
  return outcome.change;
}

describe('what is paid once', () => {
  test('is a purchase when its invoice is paid, with its window and its confirmation and nothing more', () => {
    const { next, entries, emails, followUps } = changed(aCheckoutOfOnce({ accessDays: 90 }), aSale());

    expect(next).toMatchObject({
      startedAt: T0,
      version: 1,
      billing: { kind: 'one_time', invoiceId: 'in_1', ended: null },
      access: { startsAt: T0, endsAt: addDays(T0, 90) },
      refundWindow: { opensAt: T0, closesAt: addDays(T0, 30) },
      payments: [{ paymentId: 'in_1', amountMinor: 4900 }],
    });
    expect([billingStatus(next.billing), isLive(next.billing), nextChargeAt(next.billing)]).toEqual([
      'paid',
      false,
      null,
    ]);
    expect(dueList(next).map(({ kind }) => kind)).toEqual(['refund-window-closes', 'access-expires']);
    expect(entries.map(({ type }) => type)).toEqual(['purchase.bought', 'payment.succeeded']);
    expect(emails).toMatchObject([{ kind: 'purchase-confirmation', data: { paymentId: 'in_1' } }]);
    expect(followUps).toEqual([]);
  });

  test.each(['draft', 'open', 'void', 'uncollectible'] as const)(
    'is no purchase while its invoice is %s [R27.7]',
    (status) => {
      expect(heard(aCheckoutOfOnce(), aSale({ status })).kind).toBe('no_change');
    },
  );

  test('is paid by a discount of everything, without a payment or a window [R27.1]', () => {
    const { next, entries } = changed(aCheckoutOfOnce(), aSale({ amountDueMinor: 0, amountPaidMinor: 0 }));

    expect([billingStatus(next.billing), next.payments, next.refundWindow]).toEqual(['paid', [], null]);
    expect(entries.map(({ type }) => type)).toEqual(['purchase.bought']);
  });

  test('is paid once, however often that is heard', () => {
    expect(heard(aOneTime(), aSale()).kind).toBe('no_change');
  });

  test('bought a second time while it gives access is sent back [R5.7]', () => {
    const { next, entries, emails, followUps } = changed(aCheckoutOfOnce(), aSale(), 'purchase-0');

    expect(next).toMatchObject({ duplicateOf: 'purchase-0', refundWindow: null });
    expect(entries.map(({ type }) => type)).toEqual(['purchase.duplicate', 'payment.succeeded']);
    expect([emails, followUps.map(({ name }) => name)]).toEqual([[], ['return-duplicate']]);
  });

  test('refunded before its payment was heard of is read at Stripe', () => {
    expect(heard(aCheckoutOfOnce(), aRefund()).kind).toBe('read');
  });

  test('refunded at Stripe keeps billing and access [R10.4]', () => {
    const { next, entries } = changed(aOneTime(), aRefund({ amountMinor: 4900 }));

    expect([billingStatus(next.billing), next.revoked]).toEqual(['paid', []]);
    expect(entries.map(({ type }) => type)).toEqual(['refund.succeeded']);
  });
});
