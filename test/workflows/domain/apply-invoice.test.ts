import { describe, expect, test } from '@jest/globals';
import { applyDeadline } from '../../../workflows/domain/apply-deadline.ts';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { Context } from '../../../workflows/domain/change.ts';
import type { Change } from '../../../workflows/domain/change.ts';
import { billingStatus, overdueOf, type SubscriptionBilling } from '../../../workflows/domain/billing.ts';
import { lastWarningAt } from '../../../workflows/domain/last-warning.ts';
import { withOffer } from '../../../workflows/domain/change-terms.ts';
import type { InvoiceFact } from '../../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../../workflows/domain/settings.ts';
import { openWindow } from '../../../workflows/domain/refund-window.ts';
import { accessUntil, productAccess } from '../../../workflows/domain/access.ts';
import {
  aCancellation,
  ADMIN,
  aFailure,
  anInvoice,
  anOverdue,
  after,
  aPause,
  aPayment,
  aPurchase,
  contextAt,
  event,
  FEB_28,
  GOLD,
  MAR_31,
  T0,
} from '../../builders/purchase.ts';

const set = (settings: Partial<LifecycleSettings>): Partial<Context> => ({
  settings: { ...DEFAULT_SETTINGS, ...settings },
});

const revokedAll = () => ['course', 'community'].map((productId) => ({ productId, since: T0, by: ADMIN }));

function changeBy(state: PurchaseState, invoice: InvoiceFact, at: Instant = FEB_28, given: Partial<Context> = {}) {
  const outcome = applyFact(state, event(invoice, at), contextAt(at, given));
  return outcome.kind === 'changed' ? seen(outcome.change) : outcome.kind;
}

const seen = ({ next, entries, emails, followUps }: Change) => ({
  next,
  entries: entries.map(({ type }) => type),
  emails: emails.map(({ kind }) => kind),
  followUps,
});

function stateAfter(state: PurchaseState, invoice: InvoiceFact, at: Instant = FEB_28): PurchaseState {
  const outcome = applyFact(state, event(invoice, at), contextAt(at));
  return outcome.kind === 'changed' ? outcome.change.next : state;
}

describe('a first failure [R11.1]', () => {
  test('makes past_due; customer and admins are told, access stays', () => {
    const first = changeBy(aPurchase(), aFailure());

    expect(first).toMatchObject({
      entries: ['payment.failed'],
      emails: ['payment-failed', 'admin-payment-failed'],
      followUps: [],
      next: { version: 2, billing: { overdue: [{ since: FEB_28, attempts: 1, nextTryAt: addDays(FEB_28, 3) }] } },
    });
    expect(productAccess(stateAfter(aPurchase(), aFailure()), FEB_28).every(({ open }) => open)).toBe(true);
  });

  test('is told to admins; each try that is not the last, to the customer, with its reason', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });

    const second = aFailure({ attempts: 2, declineCode: 'expired_card' });
    expect(changeBy(overdue, second, addDays(FEB_28, 3))).toMatchObject({
      entries: ['payment.failed'],
      emails: ['payment-failed'],
      next: { version: 1, billing: { overdue: [{ since: FEB_28, attempts: 2, declineCode: 'expired_card' }] } },
    });
  });

  test('told again changes nothing; heard late it says since when', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue({ attempts: 2, since: addDays(FEB_28, 3) })] } });

    expect(changeBy(overdue, aFailure({ attempts: 2 }), addDays(FEB_28, 3))).toBe('no_change');
    expect(changeBy(overdue, aFailure())).toMatchObject({
      entries: [],
      emails: [],
      next: { billing: { overdue: [{ since: FEB_28, attempts: 2 }] } },
    });
  });

  test('closes access where the account wishes so, until it is paid [R11.3]', () => {
    const closed = changeBy(aPurchase(), aFailure(), FEB_28, set({ autoRevoke: 'on_first_failure' }));
    if (typeof closed === 'string') throw new Error(closed);
    const paid = stateAfter(closed.next, anInvoice(), addDays(FEB_28, 3));

    expect(productAccess(closed.next, FEB_28)[0]?.blocks.map(({ source }) => source)).toEqual(['suspended_by_overdue']);
    expect(productAccess(paid, addDays(FEB_28, 3)).every(({ open }) => open)).toBe(true);
  });
});

describe('after_days [R11.3]', () => {
  const afterDays = set({ autoRevoke: 'after_days', autoRevokeDays: 5 });
  const after5 = addDays(FEB_28, 5);

  test('closes access so many days after the first failure, whatever is tried in between', () => {
    const first = changeBy(aPurchase(), aFailure(), FEB_28, afterDays);
    if (typeof first === 'string') throw new Error(first);
    const second = changeBy(first.next, aFailure({ attempts: 2 }), addDays(FEB_28, 3), afterDays);
    if (typeof second === 'string') throw new Error(second);

    for (const { next } of [first, second])
      expect(next.billing).toMatchObject({ overdue: [{ suspendsAccess: true, suspendsAt: after5 }] });
    expect(accessUntil(second.next)).toBe(after5);
    expect(productAccess(second.next, addDays(FEB_28, 4.9)).every(({ open }) => open)).toBe(true);
    expect(productAccess(second.next, after5)[0]?.blocks).toEqual([
      { source: 'suspended_by_overdue', since: after5, by: null },
    ]);
  });

  test('counts from the first failure, not from what only waited for the customer [R11.4]', () => {
    const waiting = changeBy(aPurchase(), aFailure({ trouble: 'action_required' }), FEB_28, afterDays);
    if (typeof waiting === 'string') throw new Error(waiting);
    const failed = changeBy(waiting.next, aFailure({ attempts: 2 }), addDays(FEB_28, 3), afterDays);

    expect(waiting.next.billing).toMatchObject({ overdue: [{ suspendsAccess: false }] });
    expect(failed).toMatchObject({
      next: { billing: { overdue: [{ since: FEB_28, suspendsAt: addDays(FEB_28, 8) }] } },
    });
  });

  test('counts from the first attempt also where its event comes last', () => {
    const second = changeBy(aPurchase(), aFailure({ attempts: 2 }), addDays(FEB_28, 3), afterDays);
    if (typeof second === 'string') throw new Error(second);

    expect(changeBy(second.next, aFailure(), FEB_28, afterDays)).toMatchObject({
      next: { billing: { overdue: [{ since: FEB_28, suspendsAt: after5 }] } },
    });
  });
});

describe('the last warning [R11.3]', () => {
  const warned = (given: Partial<LifecycleSettings>, attempts = 1, days = 7) => {
    const failed = aFailure({ attempts, nextTryAt: addDays(FEB_28, days) });
    const change = changeBy(aPurchase(), failed, FEB_28, set(given));
    return typeof change === 'string' ? null : lastWarningAt(overdueOf(change.next.billing));
  };

  test.each<[string, Partial<LifecycleSettings>, number, number, number | null]>([
    ['three days before access closes', { autoRevoke: 'after_days', autoRevokeDays: 10 }, 1, 7, 7],
    ['in the middle where there is less time', { autoRevoke: 'after_days', autoRevokeDays: 1 }, 1, 7, 0.5],
    ['before the last try, where that comes first', { autoRevoke: 'after_days', autoRevokeDays: 10 }, 3, 7, 4],
    ['before the last try', {}, 3, 7, 4],
    ['by how often Stripe tries', { paymentTries: 2 }, 1, 4, 2],
    ['not before another one', {}, 2, 7, null],
    ['not where it is not the last', { paymentTries: 8 }, 3, 7, null],
    ['not where access stays', { autoRevoke: 'off' }, 3, 7, null],
    ['not where it is closed already', { autoRevoke: 'on_first_failure' }, 3, 7, null],
  ])('%s', (_what, given, attempts, days, at) => {
    expect(warned(given, attempts, days)).toBe(at === null ? null : addDays(FEB_28, at));
  });

  test.each<[string, Partial<PurchaseState>, Partial<SubscriptionBilling>]>([
    ['after another invoice was warned of', {}, { overdue: [anOverdue({ invoiceId: 'in_9', isWarned: true })] }],
    ['where it is canceled before', {}, { cancellation: aCancellation(addDays(FEB_28, 2)) }],
    ['where all of it is revoked', { revoked: revokedAll() }, {}],
  ])('is not sent %s', (_what, given, billing) => {
    const failed = aFailure({ attempts: 3, nextTryAt: addDays(FEB_28, 7) });
    const change = changeBy(aPurchase({ ...given, billing }), failed, FEB_28);
    if (typeof change === 'string') throw new Error(change);
    const at = lastWarningAt(overdueOf(change.next.billing));
    const due = { kind: 'last-warning', at: at ?? FEB_28, owner: 'perennial' } as const;
    const outcome = at === null ? null : applyDeadline(change.next, due, contextAt(due.at));

    expect(outcome?.kind === 'changed' ? outcome.change.emails : []).toEqual([]);
    expect(outcome?.kind === 'changed' ? lastWarningAt(overdueOf(outcome.change.next.billing)) : null).toBeNull();
  });
});

describe('the last try', () => {
  test('that was the first as well is told to admins, and to the customer by the end', () => {
    expect(changeBy(aPurchase(), aFailure({ nextTryAt: null }))).toMatchObject({ emails: ['admin-payment-failed'] });
  });

  test('failed without a next one ends the billing as delinquent [R11.2]', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue({ attempts: 3 })] } });

    expect(changeBy(overdue, aFailure({ attempts: 4, nextTryAt: null }))).toMatchObject({
      entries: ['payment.failed'],
      emails: [],
      followUps: [{ name: 'end-billing', input: { cause: 'delinquent' } }],
    });
  });
});

describe('authentication needed [R11.4]', () => {
  const waiting = aFailure({ trouble: 'action_required' });

  test('has its own email and closes no access', () => {
    const change = changeBy(aPurchase(), waiting, FEB_28, set({ autoRevoke: 'on_first_failure' }));

    expect(change).toMatchObject({
      entries: ['payment.action-required'],
      emails: ['payment-action-required'],
      followUps: [],
      next: { billing: { overdue: [{ hasFailed: false, suspendsAccess: false }] } },
    });
  });

  test('is no failure, so a failure after it is the first and is told', () => {
    const state = stateAfter(aPurchase(), waiting);

    expect(changeBy(state, aFailure({ attempts: 1 }))).toBe('no_change');
    expect(changeBy(state, aFailure({ attempts: 2 }), addDays(FEB_28, 3))).toMatchObject({
      entries: ['payment.failed'],
      emails: ['payment-failed', 'admin-payment-failed'],
    });
  });
});

describe('a payment', () => {
  test('ends past_due, says that it was recovered, and sends a receipt', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });
    const change = changeBy(overdue, anInvoice({ paidAt: addDays(FEB_28, 1) }), addDays(FEB_28, 1));
    if (typeof change === 'string') throw new Error(change);

    expect(change).toMatchObject({ entries: ['payment.succeeded'], emails: ['payment-receipt'], next: { version: 2 } });
    expect(billingStatus(change.next.billing)).toBe('active');
    expect(change.next.payments.map(({ paymentId }) => paymentId)).toEqual(['in_1', 'in_2']);
  });

  test('is counted once', () => {
    const paid = stateAfter(aPurchase(), anInvoice());

    expect(changeBy(paid, anInvoice())).toBe('no_change');
    expect(changeBy(paid, aFailure())).toBe('no_change');
  });

  test('of zero is none [R1.6]', () => {
    expect(changeBy(aPurchase({ payments: [] }), anInvoice({ amountPaidMinor: 0, reason: 'first' }))).toBe('no_change');
  });

  test('a renewal that the balance settles pays its period, and is no payment [R27.1]', () => {
    const settled = stateAfter(aPurchase(), anInvoice({ amountPaidMinor: 0 }));

    expect(settled.billing).toMatchObject({ periodStart: FEB_28, periodEnd: MAR_31 });
    expect(settled.payments).toEqual([aPayment()]);
  });

  test('an overdue invoice that the balance settles is overdue no more', () => {
    const overdue = stateAfter(aPurchase(), aFailure());
    const outcome = changeBy(overdue, anInvoice({ amountPaidMinor: 0, paidAt: MAR_31 }));

    expect(outcome).toMatchObject({ entries: ['purchase.recovered'], next: { billing: { overdue: [] } } });
    expect(outcome).toMatchObject({ emails: [], next: { payments: [aPayment()] } });
  });

  test('an earlier first payment that arrives late keeps the days of the window, whatever it has become', () => {
    const paidAt = after(3600);
    const changed = withOffer(
      aPurchase({ payments: [aPayment({ paidAt })], refundWindow: openWindow(paidAt, 30) }),
      aPurchase().billing as SubscriptionBilling,
      { terms: { ...GOLD, refundWindowDays: 7 }, at: after(7200) },
    );

    const { refundWindow } = stateAfter(changed, anInvoice({ invoiceId: 'in_0', reason: 'other', paidAt: T0 }));

    expect(refundWindow).toMatchObject({ opensAt: T0, closesAt: addDays(T0, 30) });
  });

  test('of a renewal makes no new version', () => {
    expect(changeBy(aPurchase(), anInvoice())).toMatchObject({ next: { version: 1 } });
  });

  test('after a trial opens the refund window, which renewals do not restart [R10.6]', () => {
    const trial = aPurchase({ payments: [], refundWindow: null });
    const first = stateAfter(trial, anInvoice({ paidAt: FEB_28 }));
    const second = stateAfter(first, anInvoice({ invoiceId: 'in_3', paidAt: MAR_31 }), MAR_31);

    expect(first.refundWindow).toEqual({
      opensAt: FEB_28,
      closesAt: addDays(FEB_28, 30),
      usedAt: null,
      closedAt: null,
    });
    expect(second.refundWindow).toEqual(first.refundWindow);
  });

  test('heard of late moves the window to the first payment, and the payments into their order', () => {
    const trial = aPurchase({ payments: [], refundWindow: null });
    const second = stateAfter(trial, anInvoice({ invoiceId: 'in_3', paidAt: MAR_31 }), MAR_31);
    const both = stateAfter(second, anInvoice({ paidAt: FEB_28 }), FEB_28);

    expect(both.refundWindow?.opensAt).toBe(FEB_28);
    expect(both.payments.map(({ paymentId }) => paymentId)).toEqual(['in_2', 'in_3']);
  });

  test.each([
    ['all', 'renewal', ['payment-receipt']],
    ['first', 'renewal', []],
    ['off', 'renewal', []],
    ['all', 'first', []],
  ] as const)('with receipts %s, a %s invoice sends %j', (receipts, reason, emails) => {
    expect(changeBy(aPurchase(), anInvoice({ reason }), FEB_28, set({ receipts }))).toMatchObject({ emails });
  });

  test('of the first invoice is receipted by itself where the confirmation went out before it was known', () => {
    const bought = aPurchase({ payments: [], refundWindow: null });

    const late = addDays(T0, 1);

    expect(changeBy(bought, anInvoice({ reason: 'first' }), late)).toMatchObject({ emails: ['payment-receipt'] });
    expect(changeBy(bought, anInvoice({ reason: 'first' }), T0)).toMatchObject({ emails: [] });
  });
});

describe('an invoice that nobody will collect any more', () => {
  test('ends past_due; word of its failed try that arrives later means nothing', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });
    const voided = stateAfter(overdue, anInvoice({ status: 'void' }));

    expect(billingStatus(voided.billing)).toBe('active');
    expect(changeBy(voided, aFailure({ attempts: 4, nextTryAt: null }))).toBe('no_change');
    expect(changeBy(stateAfter(aPurchase(), anInvoice({ status: 'void' })), aFailure())).toBe('no_change');
  });
});

test('a failed try while paused is asked of Stripe: it is voided, or the pause is over [R7.2]', () => {
  expect(changeBy(aPurchase({ billing: { pause: aPause() } }), aFailure())).toBe('read');
});
