import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import { billingStatus } from '../../../workflows/domain/billing.ts';
import { chargesUntil, perPeriod } from '../../../workflows/domain/charges.ts';
import type { Context } from '../../../workflows/domain/change.ts';
import type { Fact, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import { heardUpTo } from '../../../workflows/domain/heard.ts';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { STRIPE } from '../../../workflows/domain/verb.ts';
import { cancelWrites } from '../../../workflows/verbs/cancel.ts';
import { chargesContinue } from '../../../workflows/verbs/resume.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import {
  aCancellation,
  aCheckout,
  after,
  anOverdue,
  askedBy,
  aPause,
  aPayment,
  aPurchase,
  aSubscription,
  contextAt,
  event,
  FEB_28,
  MAR_31,
  T0,
} from '../../builders/purchase.ts';

const heard = (state: PurchaseState, fact: Fact, given: Partial<Context> = {}) => {
  const outcome = applyFact(state, fact, contextAt(fact.occurredAt, given));
  if (outcome.kind !== 'changed') return outcome.kind;
  const { next, entries, emails, followUps } = outcome.change;
  return { next, entries: entries.map(({ type }) => type), emails: emails.map(({ kind }) => kind), followUps };
};

const then = (state: PurchaseState, given: Partial<SubscriptionFact>, at: Instant): PurchaseState => {
  const outcome = applyFact(state, event(aSubscription(given), at), contextAt(at));
  if (outcome.kind === 'no_change') return heardUpTo(state, outcome.heardAt ?? null);
  return outcome.kind === 'changed' ? outcome.change.next : state;
};

const ENDED = { status: 'canceled', endedAt: FEB_28 } as const;

describe('what was chosen at Stripe as the reason of a cancellation', () => {
  const canceled = aSubscription({ cancelAt: FEB_28 });
  const why = aSubscription({ cancelAt: FEB_28, cancelFeedback: 'too_expensive' });

  test('is kept with it, also where it is said only afterwards [R9.6]', () => {
    const asked = then(aPurchase(), canceled, T0);
    const said = { billing: { cancellation: { cause: 'external', feedback: 'too_expensive' } } };

    expect(then(asked, why, after(60))).toMatchObject(said);
    expect(then(aPurchase(), why, after(60))).toMatchObject(said);
    const ended = aSubscription({ ...ENDED, cancelFeedback: 'unused' });
    expect(then(aPurchase(), ended, FEB_28)).toMatchObject({ billing: { ended: { feedback: 'unused' } } });
  });
});

describe('a price that is changed at Stripe', () => {
  const usd = (amountMinor: number) => ({ amountMinor, currency: 'usd' });
  const sold = aPurchase();
  const costs = (amountMinor: number) => aSubscription({ perPeriod: usd(amountMinor) });

  test('is what comes next, and told once; changed back, it is as it was sold [R22.7]', () => {
    const outcome = applyFact(sold, event(costs(5900), after(60)), contextAt(after(60)));
    const dearer = outcome.kind === 'changed' ? outcome.change.next : sold;
    const back = heard(dearer, event(costs(4900), after(120)));

    expect(outcome).toMatchObject({
      change: {
        entries: [
          {
            type: 'purchase.price-changed',
            actor: { kind: 'stripe' },
            data: { ...usd(5900), beforeMinor: 4900, beforeCurrency: 'usd' },
          },
        ],
      },
    });
    expect(perPeriod(dearer)).toEqual(usd(5900));
    expect(chargesContinue(dearer)).toMatchObject([{ kind: 'charges_continue', ...usd(5900) }]);
    expect(chargesUntil(dearer, MAR_31)).toMatchObject([{ kind: 'charge', at: FEB_28, ...usd(5900) }]);
    expect(heard(dearer, event(costs(5900), after(120)))).toBe('no_change');
    expect(back).toMatchObject({ entries: ['purchase.price-changed'], next: { billing: { changedPrice: null } } });
  });

  test('is not made up where Stripe does not say it, or said it before this was read', () => {
    for (const perPeriod of [null, undefined])
      expect(then(sold, { perPeriod }, after(60)).billing).toEqual(sold.billing);
  });
});

describe('a checkout becomes a purchase', () => {
  test('when it is paid: the money is listed after the purchase, the confirmation carries it', () => {
    const paid = { ...aCheckout(), payments: [aPayment()] };

    expect(heard(paid, event(aSubscription(), T0))).toMatchObject({
      entries: ['purchase.bought', 'payment.succeeded'],
      emails: ['purchase-confirmation'],
      next: { startedAt: T0, version: 1, access: { startsAt: T0, endsAt: null } },
    });
  });

  test('when its trial begins, without a payment', () => {
    const trialing = aSubscription({ status: 'trialing', trialEndsAt: FEB_28 });

    expect(heard(aCheckout(), event(trialing, T0))).toMatchObject({ entries: ['purchase.bought'] });
  });

  test('not while it is incomplete, and never once Stripe gave it up: then nothing is due any more', () => {
    const waiting = then(aCheckout(), { status: 'incomplete' }, T0);
    const givenUp = then(waiting, { status: 'incomplete_expired' }, after(86_400));

    expect([waiting.startedAt, givenUp.startedAt]).toEqual([null, null]);
    expect(billingStatus(givenUp.billing)).toBe('canceled');
  });

  test('beside a live one it is sent back, without a welcome [R5.7]', () => {
    const paid = { ...aCheckout(), payments: [aPayment()] };

    expect(heard(paid, event(aSubscription(), T0), { duplicateOf: 'purchase-0' })).toMatchObject({
      entries: ['purchase.duplicate', 'payment.succeeded'],
      emails: [],
      followUps: [{ name: 'return-duplicate' }],
      next: { duplicateOf: 'purchase-0', refundWindow: null },
    });
  });
});

describe('events out of their order', () => {
  const PAUSED = { pause: { resumesAt: null } };

  test('an older one is dropped', () => {
    const paused = then(aPurchase(), PAUSED, after(100));

    expect(heard(paused, event(aSubscription(), after(50)))).toBe('no_change');
  });

  test('a pause that is over when its own word arrives does not pause', () => {
    const resumed = then(aPurchase(), {}, after(100));

    expect(heard(resumed, event(aSubscription(PAUSED), after(50)))).toBe('no_change');
  });

  test('a repeated one changes nothing', () => {
    const paused = then(aPurchase(), PAUSED, after(100));

    expect(heard(paused, event(aSubscription(PAUSED), after(100)))).toBe('no_change');
  });

  test('two of one second that differ ask for a reading, and so does one close to our own last one', () => {
    const known = then(aPurchase(), PAUSED, after(100));
    const read = aPurchase({ stripe: { asOf: T0, readAt: after(1000), checkedAt: null } });

    expect(heard(known, event(aSubscription(), after(100)))).toBe('read');
    expect(heard(read, event(aSubscription(PAUSED), after(1100)))).toBe('read');
    expect(heard(read, event(aSubscription(PAUSED), after(600)))).toBe('no_change');
    expect(heard(read, event(aSubscription(PAUSED), after(1400)))).toMatchObject({ entries: ['purchase.paused'] });
  });

  test('one that cuts the period short is not taken for an older one of the same second', () => {
    const cut = aSubscription({ cancelAt: after(864_000), periodEnd: after(864_000) });

    expect(heard(aPurchase(), event(cut, T0))).toBe('read');
  });

  test('a reading is the newest word there is', () => {
    const fact: Fact = { object: aSubscription(PAUSED), occurredAt: after(1), source: 'read' };

    expect(heard(aPurchase({ stripe: { asOf: after(5), readAt: after(9), checkedAt: null } }), fact)).toMatchObject({
      entries: ['purchase.paused'],
    });
  });
});

describe('a cancellation inside the paid period [R8.1]', () => {
  const MID: Instant = after(864_000);
  const cut = then(aPurchase(), { cancelAt: MID, periodEnd: MID }, after(10));

  test('cuts access short, and not what is paid for', () => {
    expect(cut.billing).toMatchObject({ cancellation: { at: MID }, periodEnd: FEB_28 });
  });

  test('once undone is charged next at the end of what is paid for, as its preview says', () => {
    const shown = preview('undo-cancel', cut, {}, askedBy(after(20)));

    expect(shown.after).toMatchObject({ nextChargeAt: FEB_28, cancelAt: null });
  });

  test('moved inside it gives no credit', () => {
    const input = { when: 'at' as const, cancelAt: after(1_000_000) };

    expect(cancelWrites(cut, input)).toMatchObject([{ op: 'cancelAt', prorate: false }]);
  });

  test('whose next cycle is billed short ends with it', () => {
    const last = then(aPurchase(), { cancelAt: MAR_31, periodStart: FEB_28, periodEnd: MAR_31 }, FEB_28);

    expect(last.billing).toMatchObject({ periodStart: FEB_28, periodEnd: MAR_31 });
  });
});

describe('what somebody does at Stripe', () => {
  test('a pause is told to both sides, and its end too [R7.4]', () => {
    const paused = heard(aPurchase(), event(aSubscription({ pause: { resumesAt: MAR_31 } }), after(10)));
    if (typeof paused === 'string') throw new Error(paused);

    expect(paused).toMatchObject({
      entries: ['purchase.paused'],
      emails: ['purchase-paused', 'admin-purchase-paused'],
    });
    expect(heard(paused.next, event(aSubscription({ pause: { resumesAt: null } }), after(20)))).toMatchObject({
      entries: ['purchase.resume-date-changed'],
    });
    expect(heard(paused.next, event(aSubscription(), after(20)))).toMatchObject({
      entries: ['purchase.resumed'],
      emails: ['purchase-resumed', 'admin-purchase-resumed'],
    });
  });

  test('late word of a pause that has resumed by its date since does not pause', () => {
    const fact = event(aSubscription({ pause: { resumesAt: after(100) } }), after(50));
    const outcome = applyFact(aPurchase(), fact, contextAt(after(200)));

    expect(outcome).toEqual({ kind: 'no_change', heardAt: after(50) });
  });

  test('a cancellation is scheduled, moved and undone there [R8.6]', () => {
    const scheduled = heard(aPurchase(), event(aSubscription({ cancelAt: FEB_28 }), after(10)));
    if (typeof scheduled === 'string') throw new Error(scheduled);

    expect(scheduled).toMatchObject({
      entries: ['purchase.cancellation-scheduled'],
      next: { billing: { cancellation: { at: FEB_28, cause: 'external' } } },
    });
    expect(heard(scheduled.next, event(aSubscription(), after(20)))).toMatchObject({
      entries: ['purchase.cancellation-undone'],
    });
  });

  test('an end at once is told to both sides', () => {
    expect(heard(aPurchase(), event(aSubscription({ ...ENDED, endedAt: after(10) }), after(10)))).toMatchObject({
      entries: ['purchase.canceled'],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      next: { billing: { ended: { at: after(10), cause: 'external', by: { kind: 'stripe' }, endsAccess: true } } },
    });
  });
});

describe('the end', () => {
  test('that was due keeps its cause and its instant, however late; the admins were told at the request', () => {
    const pending = aPurchase({ billing: { cancellation: aCancellation() } });
    const late = { ...ENDED, endedAt: '2027-02-28T09:00:07.000Z' };

    expect(heard(pending, event(aSubscription({ ...late, cancelAt: FEB_28 }), MAR_31))).toMatchObject({
      entries: ['purchase.canceled'],
      emails: ['purchase-canceled'],
      next: { billing: { cancellation: null, ended: { at: FEB_28, cause: 'internal', by: { kind: 'automation' } } } },
    });
  });

  test('that was scheduled at Stripe is the same, whether or not its schedule was heard of', () => {
    const known = then(aPurchase(), { cancelAt: FEB_28 }, after(10));
    const ended = [known, aPurchase()].map((state) => then(state, { ...ENDED, cancelAt: FEB_28 }, FEB_28).billing);

    expect(ended[0]).toMatchObject({ ended: { cause: 'external', by: { kind: 'automation' } } });
    expect(ended[1]).toEqual(ended[0]);
  });

  test('long after a cancellation whose undoing is not heard of yet is not that one', () => {
    const known = then(aPurchase(), { cancelAt: FEB_28 }, after(10));

    expect(then(known, { ...ENDED, endedAt: MAR_31 }, MAR_31).billing).toMatchObject({
      ended: { at: MAR_31, cause: 'external', by: { kind: 'stripe' } },
    });
  });

  test('after exhausted retries is delinquent, and its open invoice is voided [R11.2]', () => {
    const overdue = aPurchase({ billing: { overdue: [anOverdue({ nextTryAt: null })] } });

    expect(heard(overdue, event(aSubscription({ ...ENDED, endReason: 'payment_failed' }), FEB_28))).toMatchObject({
      entries: ['purchase.canceled'],
      followUps: [{ name: 'end-billing', input: { cause: 'delinquent' } }],
      next: { billing: { ended: { cause: 'delinquent', endsAccess: true } } },
    });
  });

  test('is final: nothing that Stripe says later changes it [R8.2]', () => {
    const ended = then(aPurchase(), ENDED, FEB_28);

    expect(heard(ended, event(aSubscription(), MAR_31))).toBe('no_change');
  });
});

test('Stripe’s unpaid, which does not cancel by itself, ends the billing once [R11.2]', () => {
  const overdue = aPurchase({ billing: { overdue: [anOverdue()] } });
  const change = heard(overdue, event(aSubscription({ status: 'unpaid' }), FEB_28));
  if (typeof change === 'string') throw new Error(change);

  expect(change.followUps).toMatchObject([{ name: 'end-billing', input: { cause: 'delinquent' } }]);
  expect(heard(change.next, event(aSubscription({ status: 'unpaid' }), MAR_31))).toBe('no_change');
});

test('a trial that ends while paused charges nothing and stays paused [R7.3]', () => {
  const trial = aPurchase({ billing: { phase: 'trialing', trialEndsAt: FEB_28, pause: aPause() } });
  const ended = then(trial, { periodStart: FEB_28, periodEnd: MAR_31, pause: { resumesAt: null } }, FEB_28);

  expect(billingStatus(ended.billing)).toBe('paused');
  expect(ended.billing).toMatchObject({ phase: 'active', periodEnd: MAR_31 });
});

test('a pause that Postgres gives back, its keys in another order, is nothing new', () => {
  const pause = { by: STRIPE, since: T0, access: 'suspend', resumeAt: null } as const;
  const state = aPurchase({ billing: { pause } });

  expect(heard(state, event(aSubscription({ pause: { resumesAt: null } }), T0))).toBe('no_change');
});
