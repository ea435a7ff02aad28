import { describe, expect, test } from '@jest/globals';
import { applyDeadline } from '../../../workflows/domain/apply-deadline.ts';
import { dueList, nextDeadline, type OwnDue } from '../../../workflows/domain/due.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { begin } from '../../../workflows/verbs/begin.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { CreditLife, YEARLY } from '../../builders/credits.ts';
import { aCalled } from '../../builders/calls.ts';
import {
  aCancellation,
  aCommand,
  after,
  aGrant,
  anEnd,
  anOverdue,
  aPause,
  aPurchase,
  askedBy,
  contextAt,
  FEB_28,
  MAR_31,
  T0,
} from '../../builders/purchase.ts';

const WINDOW_CLOSES = addDays(T0, 30);
const kindsOf = (state: PurchaseState) => dueList(state).map(({ kind, at }) => [kind, at]);

describe('what is due, earliest first [R23.1]', () => {
  test('a renewal, which is Stripe’s, and the end of the refund window, which is ours', () => {
    expect(dueList(aPurchase())).toEqual([
      { kind: 'renewal', at: FEB_28, owner: 'stripe' },
      { kind: 'refund-window-closes', at: WINDOW_CLOSES, owner: 'perennial' },
    ]);
  });

  test('the end of a trial', () => {
    expect(kindsOf(aPurchase({ refundWindow: null, billing: { phase: 'trialing' } }))).toEqual([
      ['trial-ends', FEB_28],
    ]);
  });

  test('the next try of a failed payment', () => {
    const state = aPurchase({ refundWindow: null, billing: { periodEnd: MAR_31, overdue: [anOverdue()] } });

    expect(kindsOf(state)).toEqual([
      ['payment-retry', addDays(FEB_28, 3)],
      ['renewal', MAR_31],
    ]);
  });

  test('a cancellation at the period’s end stands in place of the renewal', () => {
    const state = aPurchase({ refundWindow: null, billing: { cancellation: aCancellation() } });

    expect(kindsOf(state)).toEqual([['cancellation', FEB_28]]);
  });

  test('a cancellation beyond it lets the renewal come first', () => {
    const state = aPurchase({ refundWindow: null, billing: { cancellation: aCancellation(MAR_31) } });

    expect(kindsOf(state)).toEqual([
      ['renewal', FEB_28],
      ['cancellation', MAR_31],
    ]);
  });

  test('the end of a pause', () => {
    const state = aPurchase({ refundWindow: null, billing: { pause: aPause({ resumeAt: addDays(T0, 5) }) } });

    expect(kindsOf(state)).toContainEqual(['resume', addDays(T0, 5)]);
  });

  test('the end of a period for which nothing is charged, since it is paused; a resume at its end comes first', () => {
    const pausedUntil = (resumeAt: string | null) =>
      kindsOf(aPurchase({ refundWindow: null, billing: { pause: aPause({ resumeAt }) } }));

    expect(pausedUntil(null)).toEqual([['period-ends', FEB_28]]);
    expect(pausedUntil(MAR_31)).toEqual([
      ['period-ends', FEB_28],
      ['resume', MAR_31],
    ]);
    expect(pausedUntil(FEB_28)).toEqual([
      ['renewal', FEB_28],
      ['resume', FEB_28],
    ]);
  });

  test('start and end of access, until they were reached', () => {
    const access = { startsAt: addDays(T0, 1), endsAt: addDays(T0, 10) };
    const grant = { ...aGrant(), access, reached: { accessStarted: false, accessExpired: false } };

    expect(kindsOf(grant)).toEqual([
      ['access-starts', access.startsAt],
      ['access-expires', access.endsAt],
    ]);
    expect(kindsOf({ ...grant, reached: { accessStarted: true, accessExpired: true } })).toEqual([]);
  });

  test('after the end only the refund window: access that has ended neither starts nor expires', () => {
    const access = { startsAt: addDays(T0, 1), endsAt: addDays(T0, 10) };
    const reached = { accessStarted: false, accessExpired: false };
    const state = aPurchase({ access, reached, billing: { ended: anEnd() } });

    expect(kindsOf(state)).toEqual([['refund-window-closes', WINDOW_CLOSES]]);
  });

  test('nothing of a window that was used or has closed', () => {
    const refundWindow = { ...aPurchase().refundWindow!, usedAt: T0 };

    expect(kindsOf(aPurchase({ refundWindow, billing: { ended: anEnd() } }))).toEqual([]);
  });

  test('at one instant Stripe comes before us', () => {
    const state = aPurchase({ billing: { periodEnd: WINDOW_CLOSES } });

    expect(dueList(state).map(({ owner }) => owner)).toEqual(['stripe', 'perennial']);
  });
});

describe('what our timer waits for', () => {
  test('never one of Stripe’s instants, but a look at Stripe six hours behind it', () => {
    expect(nextDeadline(aPurchase({ refundWindow: null }))).toEqual({
      kind: 'stripe-overdue',
      at: '2027-02-28T15:00:00.000Z',
      owner: 'perennial',
    });
  });

  test('six hours more where Stripe was read since and has not moved', () => {
    const checkedAt = '2027-02-28T15:00:01.000Z';
    const stripe = { asOf: T0, readAt: checkedAt, checkedAt };

    expect(nextDeadline(aPurchase({ refundWindow: null, stripe }))?.at).toBe('2027-02-28T21:00:01.000Z');
  });

  test('no look at Stripe while one is under way', () => {
    expect(nextDeadline(aPurchase(), true)?.kind).toBe('refund-window-closes');
  });

  test('nothing for a grant without an end', () => {
    expect(nextDeadline(aGrant())).toBeNull();
  });

  test('the resume date waits while another one is on its way to Stripe', () => {
    const resumeAt = addDays(T0, 5);
    const paused = aPurchase({ billing: { pause: aPause({ resumeAt }) } });
    const command = aCommand('change-resume-date', { resumeAt: addDays(T0, 9) });
    const pending = begin(command, plan(command.name, paused, command.input, askedBy(after(60))), after(60));

    expect(nextDeadline(paused)).toMatchObject({ kind: 'resume', at: resumeAt });
    expect(nextDeadline({ ...paused, pending })?.kind).not.toBe('resume');
  });
});

const YEAR_OF_CREDITS = new CreditLife({ price: YEARLY }).pay(0).state;

const withOneCredit = ({ expiresAt, warnFrom }: { expiresAt: Instant; warnFrom: Instant }): PurchaseState => ({
  ...YEAR_OF_CREDITS,
  refundWindow: null,
  credits: {
    ...YEAR_OF_CREDITS.credits!,
    next: 6,
    open: [{ id: 1, issuedAt: T0, expiresAt, heldBy: null }],
    warnFrom,
  },
});

/**
 * For each kind a purchase of which it is the next deadline; a kind that is missing here does not
 * compile.
 */
const NEXT: Record<OwnDue['kind'], PurchaseState> = {
  resume: aPurchase({ refundWindow: null, billing: { pause: aPause({ resumeAt: addDays(T0, 3) }) } }),
  'access-starts': aGrant({ accessStartsAt: addDays(T0, 3) }),
  'access-expires': aGrant({ accessDays: 3 }),
  'access-suspends': aPurchase({
    refundWindow: null,
    billing: { overdue: [anOverdue({ suspendsAccess: true, suspendsAt: addDays(FEB_28, 0.1) })] },
  }),
  'last-warning': aPurchase({
    refundWindow: null,
    billing: {
      overdue: [
        anOverdue({ lastWarning: { at: addDays(FEB_28, 0.1), accessEndsAt: addDays(FEB_28, 3), isCanceled: true } }),
      ],
    },
  }),
  'card-notice': aPurchase({
    refundWindow: null,
    billing: { card: { methodId: 'pm_1', endsAt: MAR_31, noticeAt: addDays(T0, 3) } },
  }),
  'trial-notice': aPurchase({
    refundWindow: null,
    billing: { phase: 'trialing', chargeNotice: { of: 'trial', chargeAt: FEB_28, at: addDays(T0, 3) } },
  }),
  'payment-notice': aPurchase({
    refundWindow: null,
    billing: { chargeNotice: { of: 'payment', chargeAt: FEB_28, at: addDays(T0, 3) } },
  }),
  'call-reminder': aCalled(),
  'call-end': aCalled({ reminders: [] }),
  'refund-window-closes': aPurchase({ billing: { periodEnd: MAR_31 } }),
  'credit-expiry': withOneCredit({ expiresAt: addDays(T0, 3), warnFrom: addDays(T0, 3) }),
  'credit-issue': { ...YEAR_OF_CREDITS, refundWindow: null },
  'credit-warning': withOneCredit({ expiresAt: addDays(T0, 40), warnFrom: T0 }),
  'stripe-overdue': aPurchase({ refundWindow: null }),
};

test.each(Object.entries(NEXT))(
  '%s is not due any more once it was acted on, or it would be for ever',
  (kind, state) => {
    const due = nextDeadline(state)!;

    const outcome = applyDeadline(state, due, contextAt(due.at));

    expect(due.kind).toBe(kind);
    expect(outcome.kind).not.toBe('no_change');
    const after = outcome.kind === 'changed' ? nextDeadline(outcome.change.next) : nextDeadline(state, true);
    expect(after).not.toEqual(due);
  },
);
