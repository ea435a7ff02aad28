import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import {
  aFailure,
  anInvoice,
  aOneTime,
  aPurchase,
  aSale,
  aSubscription,
  contextAt,
  event,
  FEB_28,
} from '../../builders/purchase.ts';

const after = (state: PurchaseState, object: StripeObject) =>
  applyFact(state, event(object, FEB_28), contextAt(FEB_28));

describe('what is not the purchase’s own is shown and changes nothing [R5.8]', () => {
  const other = { subscriptionId: 'sub_2' };

  test.each<[string, StripeObject, string]>([
    ['another subscription', aSubscription(other), 'sub_2'],
    ['its end', aSubscription({ ...other, status: 'canceled', endedAt: FEB_28 }), 'sub_2'],
    ['what it bills', anInvoice(other), 'sub_2'],
    ['its failed payment', aFailure(other), 'sub_2'],
    ['an invoice of no subscription', anInvoice({ subscriptionId: null }), 'in_2'],
    ['an invoice in another currency', anInvoice({ subscriptionId: 'sub_1', currency: 'eur' }), 'in_2'],
  ])('%s', (_what, object, foreignId) => {
    const before = aPurchase();

    const outcome = after(before, object);

    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    const { billing, payments, version, attentions } = outcome.change.next;
    expect({ billing, payments, version }).toEqual({
      billing: before.billing,
      payments: before.payments,
      version: before.version,
    });
    expect(attentions).toEqual([{ id: foreignId, reason: 'not_its_own', since: FEB_28, command: null }]);
    expect(outcome.change.entries.map(({ type }) => type)).toEqual(['purchase.needs-attention']);
    expect(after(outcome.change.next, object).kind).toBe('no_change');
  });

  test.each<[string, StripeObject, string]>([
    ['a subscription', aSubscription(), 'sub_1'],
    ['what a subscription bills', anInvoice({ subscriptionId: 'sub_1' }), 'sub_1'],
    ['a second invoice', aSale({ invoiceId: 'in_9' }), 'in_9'],
  ])('%s is not the own of what was paid once', (_what, object, foreignId) => {
    const outcome = after(aOneTime(), object);

    expect(outcome).toMatchObject({
      kind: 'changed',
      change: { next: { payments: [{}], attentions: [{ id: foreignId, reason: 'not_its_own' }] } },
    });
  });

  test('what its own subscription bills is booked, as is what was recorded before invoices said what they bill', () => {
    const { subscriptionId: _none, ...older } = anInvoice();

    for (const invoice of [anInvoice({ subscriptionId: 'sub_1' }), older])
      expect(after(aPurchase(), invoice)).toMatchObject({ kind: 'changed', change: { next: { payments: [{}, {}] } } });
  });
});
