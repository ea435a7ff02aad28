import { expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { billingStatus } from '../../../workflows/domain/billing.ts';
import type { Fact } from '../../../workflows/domain/facts.ts';
import type { Change } from '../../../workflows/domain/change.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { aCheckout, after, anInvoice, aSubscription, contextAt, event, FEB_28 } from '../../builders/purchase.ts';

const active = event(aSubscription(), after(1));
const paid = event(anInvoice({ reason: 'first', paidAt: after(2) }), after(2));
const canceled = event(aSubscription({ status: 'canceled', endedAt: FEB_28 }), FEB_28);

/** All that was changed, one fact after the other. */
function heardInOrder(facts: Fact[], duplicateOf: string | null = null) {
  let state = aCheckout();
  const changes: Change[] = [];
  for (const fact of facts) {
    const outcome = applyFact(state, fact, contextAt(FEB_28, { duplicateOf }));
    if (outcome.kind !== 'changed') continue;
    changes.push(outcome.change);
    state = outcome.change.next;
  }
  return { state, entries: changes.flatMap(({ entries }) => entries.map(({ type }) => type)), changes };
}

const inShort = ({ startedAt, billing, payments }: PurchaseState) => [
  startedAt !== null,
  billingStatus(billing),
  payments.length,
];

test.each([
  ['the subscription, the payment, the end', [active, paid, canceled]],
  ['the payment, the subscription, the end', [paid, active, canceled]],
  ['the payment, the end, the subscription', [paid, canceled, active]],
  ['the end, the payment, the subscription', [canceled, paid, active]],
  ['the end, the subscription, the payment', [canceled, active, paid]],
])('whatever is heard of last, what was paid becomes a purchase once: %s', (_name, facts) => {
  const { state, entries } = heardInOrder(facts);

  expect(inShort(state)).toEqual([true, 'canceled', 1]);
  expect(entries.toSorted()).toEqual(['payment.succeeded', 'purchase.bought', 'purchase.canceled']);
});

test('a payment that is heard of after the end starts the purchase when it was paid, and tells of the end after it', () => {
  const { state, changes } = heardInOrder([canceled, paid]);

  const { entries, emails, next } = changes.at(-1)!;
  expect(state).toMatchObject({ startedAt: after(2), access: { startsAt: after(2) } });
  expect(entries.map(({ type, at }) => [type, at])).toEqual([
    ['purchase.bought', after(2)],
    ['payment.succeeded', after(2)],
    ['purchase.canceled', FEB_28],
  ]);
  expect(emails.map(({ kind }) => kind)).toEqual([
    'purchase-confirmation',
    'purchase-canceled',
    'admin-purchase-canceled',
  ]);
  expect(next.refundWindow).toMatchObject({ opensAt: after(2) });
});

test('a second purchase of a live offer is sent back by whichever fact starts it [R5.7]', () => {
  const { state, changes } = heardInOrder([canceled, paid], 'purchase-0');

  expect(state).toMatchObject({ duplicateOf: 'purchase-0', refundWindow: null });
  expect(changes.at(-1)!.followUps).toMatchObject([{ name: 'return-duplicate' }]);
});

test('a subscription that Stripe gave up unpaid never was a purchase [R5.2]', () => {
  const { state, entries } = heardInOrder([canceled]);

  expect(state.startedAt).toBeNull();
  expect(entries).toEqual([]);
});
