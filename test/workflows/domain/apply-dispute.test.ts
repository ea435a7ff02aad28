import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { DisputeFact } from '../../../workflows/domain/facts.ts';
import type { Dispute, StripeDisputeStatus } from '../../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { ADMIN, after, aOneTime, aPayment, aPurchase, contextAt, event, T0 } from '../../builders/purchase.ts';

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
});

test('what was over before it was heard of is kept, and told to nobody', () => {
  const { payment, entries, emails } = heard([['won'], ['open']]);

  expect(payment).toMatchObject({ disputedAt: null, disputes: [{ status: 'won', closedAt: after(60) }] });
  expect(entries).toEqual(['dispute.closed won']);
  expect(emails).toEqual([]);
});

const SAID: [StripeDisputeStatus, DisputeFact['status'], number][] = [
  ['warning_needs_response', 'inquiry', 60],
  ['warning_under_review', 'inquiry', 60],
  ['needs_response', 'open', 120],
  ['under_review', 'open', 180],
  ['lost', 'lost', 240],
  ['appeal_needs_response', 'open', 300],
  ['appeal_under_review', 'open', 300],
  ['won', 'won', 360],
];

/** The dispute after these words of its course, each at its own instant, in the order given. */
function afterWords(order: number[]): Dispute | undefined {
  let state = aPurchase();
  for (const index of order) {
    const [stripeStatus, status, at] = SAID[index]!;
    const object = { ...aDispute(status), stripeStatus, createdAt: after(30), evidenceDueAt: after(9_000) };
    const outcome = applyFact(state, event(object, after(at)), contextAt(after(9_000)));
    if (outcome.kind === 'changed') state = outcome.change.next;
  }
  return state.payments[0]?.disputes?.[0];
}

test('whatever the order and repetition of the words, its course ends alike, at each of its steps', () => {
  const steps = fc.integer({ min: 1, max: SAID.length }).chain((length) => {
    const inOrder = Array.from({ length }, (_, index) => index);
    const shuffled = fc.shuffledSubarray([...inOrder, ...inOrder], { minLength: length * 2 });
    return fc.tuple(fc.constant(inOrder), shuffled);
  });
  fc.assert(
    fc.property(steps, ([inOrder, shuffled]) => {
      expect(afterWords(shuffled)).toEqual(afterWords(inOrder));
    }),
  );
});

test('a payment that 0.1 marked as disputed is freed by the end of that dispute', () => {
  const { payment, entries } = heard([['won']], aPurchase({ payments: [aPayment({ disputedAt: T0 })] }));

  expect(payment.disputedAt).toBeNull();
  expect(entries).toEqual(['dispute.closed won']);
});

/** Access of two products after these words, with what stands in the timeline. */
function underSetting(onDispute: 'revoke' | 'cancel', words: Word[], before: PurchaseState) {
  let state = before;
  const told: string[] = [];
  const followUps: object[] = [];
  words.forEach(([status, disputeId], index) => {
    const at = after(60 * (index + 1));
    const settings = { ...DEFAULT_SETTINGS, onDispute };
    const outcome = applyFact(state, event(aDispute(status, disputeId), at), { ...contextAt(at), settings });
    if (outcome.kind !== 'changed') return;
    state = outcome.change.next;
    told.push(...outcome.change.entries.map(({ type }) => type));
    followUps.push(...outcome.change.followUps);
  });
  return { revoked: state.revoked.map(({ productId, since }) => `${productId} ${since}`), told, followUps };
}

const two = aPurchase({ terms: { productIds: ['product-1', 'product-2'] } });
const byHand = { productId: 'product-1', since: T0, by: ADMIN };

test('what a dispute has closed opens when it is won, and what an admin has closed does not', () => {
  const { revoked, told } = underSetting('revoke', [['open'], ['won']], { ...two, revoked: [byHand] });

  expect(revoked).toEqual([`product-1 ${T0}`]);
  expect(told).toEqual(['dispute.opened', 'purchase.revoked', 'dispute.closed', 'purchase.restored']);
});

test('of two disputes that close access, both have to be won', () => {
  const words: Word[] = [['open'], ['open', 'du_2'], ['won']];

  expect(underSetting('revoke', words, two).revoked).toHaveLength(2);
  expect(underSetting('revoke', [...words, ['won', 'du_2']], two).revoked).toEqual([]);
});

test('a lost dispute leaves closed what it has closed, and an inquiry closes nothing', () => {
  expect(underSetting('revoke', [['open'], ['lost']], two).revoked).toHaveLength(2);
  expect(underSetting('revoke', [['inquiry'], ['closed']], two).told).toEqual(['dispute.opened', 'dispute.closed']);
});

test('with `cancel` a dispute ends billing once, and closes access where nothing is billed any more', () => {
  const words: Word[] = [['inquiry'], ['open'], ['open'], ['lost']];
  const once = aOneTime({ terms: { productIds: ['product-1'] } });

  const { followUps, revoked } = underSetting('cancel', words, two);
  expect(followUps).toEqual([{ name: 'end-disputed', input: { disputeId: 'du_1' }, at: after(120) }]);
  expect(revoked).toEqual([]);
  expect(underSetting('cancel', words, once)).toMatchObject({ followUps: [], revoked: [`product-1 ${after(120)}`] });
});
