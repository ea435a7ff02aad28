import { expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { DisputeFact } from '../../../workflows/domain/facts.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { after, aPayment, aPurchase, contextAt, event, T0 } from '../../builders/purchase.ts';

const aDispute = (status: DisputeFact['status'], disputeId = 'du_1'): DisputeFact => ({
  type: 'dispute',
  disputeId,
  paymentId: 'in_1',
  amountMinor: 4900,
  status,
});

type Word = [status: DisputeFact['status'], disputeId?: string];

/** The state after these words of Stripe, a minute apart, and what was told of them. */
function heard(words: Word[], before: PurchaseState = aPurchase()) {
  let state = before;
  const entries: string[] = [];
  const emails: string[] = [];
  words.forEach(([status, disputeId], index) => {
    const outcome = applyFact(
      state,
      event(aDispute(status, disputeId), after(60 * (index + 1))),
      contextAt(after(9_000)),
    );
    if (outcome.kind !== 'changed') return;
    state = outcome.change.next;
    entries.push(...outcome.change.entries.map(({ type, data }) => `${type} ${String(data.status)}`));
    emails.push(...outcome.change.emails.map(({ kind, at }) => `${kind} ${at}`));
  });
  return { payment: state.payments[0]!, entries, emails };
}

test('an inquiry that becomes a dispute bars refunds from its first day on, and is told twice', () => {
  const { payment, entries, emails } = heard([['inquiry'], ['open'], ['open'], ['inquiry']]);

  expect(payment.disputedAt).toBe(after(60));
  expect(entries).toEqual(['dispute.opened inquiry', 'dispute.opened open']);
  expect(emails).toEqual([`admin-dispute ${after(60)}`, `admin-dispute ${after(120)}`]);
});

test('of two disputes of one payment, the one that is won does not free it from the other', () => {
  const { payment, entries } = heard([['open'], ['open', 'du_2'], ['won']]);

  expect(payment).toMatchObject({ disputedAt: after(120), disputes: [{ status: 'open' }, { status: 'won' }] });
  expect(entries).toEqual(['dispute.opened open', 'dispute.opened open', 'dispute.closed won']);
});

test('late word that it was opened does not undo its end', () => {
  expect(heard([['open'], ['lost'], ['open']]).payment.disputes).toMatchObject([{ status: 'lost' }]);
  expect(heard([['open'], ['won'], ['open']]).payment.disputedAt).toBeNull();
  expect(heard([['won']]).entries).toEqual([]);
});

test('a payment that 0.1 marked as disputed is freed by the end of that dispute', () => {
  const { payment, entries } = heard([['won']], aPurchase({ payments: [aPayment({ disputedAt: T0 })] }));

  expect(payment.disputedAt).toBeNull();
  expect(entries).toEqual(['dispute.closed won']);
});
