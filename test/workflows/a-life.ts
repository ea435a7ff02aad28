import fc from 'fast-check';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import { addIntervals } from '../../workflows/domain/calendar.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import { anInvoice, aRefund, aSubscription, GOLD, T0 } from '../builders/purchase.ts';

export type Heard = { object: StripeObject; at: Instant };

/** What may happen to a subscription at Stripe in one of its months. */
const aMonth = fc.record({
  pays: fc.constantFrom('at once' as const, 'after a failure' as const, 'never, voided' as const),
  pauses: fc.constantFrom(null, 'for some days' as const, 'over the month' as const),
  schedules: fc.constantFrom(null, 'and undoes' as const),
  refunded: fc.constantFrom(null, 'twice' as const, 'in vain' as const),
  disputed: fc.constantFrom(null, 'won' as const, 'lost' as const),
  becomesGold: fc.boolean(),
});

/**
 * A life as Stripe tells it, in order, each word in a second of its own; the first one makes the
 * purchase.
 */
export const aLife = fc
  .record({ months: fc.array(aMonth, { minLength: 1, maxLength: 4 }), ends: fc.boolean() })
  .map(({ months, ends }): Heard[] => {
    const heard: Heard[] = [];
    const say = (object: StripeObject, at: Instant) => heard.push({ object, at });
    let pause: { resumesAt: null } | null = null;
    let offer: { namedOfferId?: string } = {};
    const sub = (n: number) => ({
      periodStart: addIntervals(T0, 'month', n),
      periodEnd: addIntervals(T0, 'month', n + 1),
      pause,
      ...offer,
    });
    const second = (n: number, days: number, extra = 0) =>
      new Date(Date.parse(addDays(addIntervals(T0, 'month', n), days)) + extra * 1000).toISOString();
    say(aSubscription(sub(0)), T0);
    months.forEach(({ pays, pauses, schedules, refunded, disputed, becomesGold }, n) => {
      const invoiceId = `in_${n}`;
      if (n > 0) say(aSubscription(sub(n)), second(n, 0, 1));
      const reason = n === 0 ? ('first' as const) : ('renewal' as const);
      const failed = { invoiceId, status: 'open' as const, trouble: 'failed' as const, reason };
      if (!pause && pays !== 'at once') {
        say(anInvoice({ ...failed, attempts: 1, nextTryAt: second(n, 3) }), second(n, 0, 2));
        say(anInvoice({ ...failed, attempts: 2, nextTryAt: second(n, 5) }), second(n, 3));
      }
      if (!pause && pays !== 'never, voided') {
        const paidAt = second(n, pays === 'at once' ? 0 : 5, 3);
        say(anInvoice({ invoiceId, paidAt, reason }), paidAt);
      }
      if (!pause && pays === 'never, voided') say(anInvoice({ invoiceId, status: 'void', reason }), second(n, 6));
      if (!pause && pays !== 'never, voided') {
        const money = { paymentId: invoiceId, at: (days: number, extra = 0) => second(n, days, extra) };
        if (refunded) sayRefunds(say, refunded, money);
        if (disputed) sayDispute(say, disputed, money);
      }
      if (becomesGold) {
        offer = { namedOfferId: GOLD.offerId };
        say(aSubscription(sub(n)), second(n, 7));
      }
      if (schedules) {
        say(aSubscription({ ...sub(n), cancelAt: addIntervals(T0, 'month', n + 1) }), second(n, 8));
        say(aSubscription(sub(n)), second(n, 9));
      }
      if (pauses) {
        pause = pause ?? { resumesAt: null };
        say(aSubscription(sub(n)), second(n, 10));
      }
      if (pauses === 'for some days') {
        pause = null;
        say(aSubscription(sub(n)), second(n, 12));
      }
    });
    const last = months.length - 1;
    const endedAt = second(last, 20);
    if (ends) say(aSubscription({ ...sub(last), status: 'canceled', endedAt }), endedAt);
    return heard.sort((a, b) => (a.at < b.at ? -1 : 1));
  });

type Say = (object: StripeObject, at: Instant) => number;
type OfPayment = { paymentId: string; at: (days: number, extra?: number) => Instant };

function sayRefunds(say: Say, how: 'twice' | 'in vain', { paymentId, at }: OfPayment): void {
  const first = { refundId: `re_${paymentId}`, paymentId, createdAt: at(6, 1) };
  say(aRefund({ ...first, status: 'pending' }), at(6, 1));
  say(aRefund({ ...first, status: how === 'twice' ? 'succeeded' : 'failed' }), at(6, 2));
  if (how === 'twice') say(aRefund({ ...first, refundId: `re_${paymentId}_2`, createdAt: at(6, 3) }), at(6, 3));
}

function sayDispute(say: Say, how: 'won' | 'lost', { paymentId, at }: OfPayment): void {
  const dispute = { type: 'dispute' as const, disputeId: `dp_${paymentId}`, paymentId, amountMinor: 4_900 };
  const opened = { ...dispute, createdAt: at(6, 4), reason: 'fraudulent' };
  say({ ...opened, status: 'open', stripeStatus: 'needs_response' }, at(6, 4));
  say({ ...opened, status: 'open', stripeStatus: 'under_review' }, at(6, 5));
  say({ ...opened, status: how, stripeStatus: how }, at(14));
}

/** A verb with an input that may be legal. */
export const aVerb = fc.oneof(
  ...(
    [
      ['pause', { resumeAt: '2027-06-30T00:00:00.000Z', access: 'suspend' }],
      ['pause', { resumeAt: null, access: 'keep' }],
      ['resume', {}],
      ['change-resume-date', { resumeAt: '2027-07-31T00:00:00.000Z' }],
      ['cancel', { when: 'now', cancelAt: null }],
      ['cancel', { when: 'period_end', cancelAt: null }],
      ['cancel', { when: 'at', cancelAt: '2027-05-15T00:00:00.000Z' }],
      ['undo-cancel', {}],
      ['revoke', { productIds: ['course'] }],
      ['revoke', { productIds: null }],
      ['restore', { productIds: null }],
      ['refund', { paymentId: 'in_0', amountMinor: 1000, billing: 'keep', access: 'keep' }],
      ['refund', { paymentId: 'in_1', amountMinor: null, billing: 'cancel_period_end', access: 'revoke' }],
      ['refund', { paymentId: 'in_0', amountMinor: null, billing: 'cancel_now', access: 'keep' }],
      ['money-back', { override: false, hasReason: false }],
      ['retry-payment', {}],
      ['pay-off', {}],
      ['access-start', { startsAt: '2027-03-15T00:00:00.000Z' }],
      ['extend', { days: 14, until: null }],
    ] satisfies [VerbName, object][]
  ).map(([name, input]) => fc.constant({ name, input })),
);
