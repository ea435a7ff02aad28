import { describe, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { fromStripeEvent, HANDLED_EVENTS, isHandled, StripeUnreadable } from '../../../activities/gateways/stripe.ts';
import { routeOf } from '../../../activities/gateways/stripe/route.ts';
import {
  fromStripeDispute,
  fromStripeInvoice,
  fromStripeRefund,
  fromStripeSubscription,
} from '../../../activities/gateways/stripe/normalise.ts';
import { aStripeEvent, aStripeObject } from './a-stripe-object.ts';

const PURCHASE = '0190a1b2-0000-7000-8000-000000000001';
const COMMAND = '0190a1b2-0000-7000-8000-00000000c001';

describe('a subscription', () => {
  test('of the pinned version has its period from its item, its pause and its last command', () => {
    expect(fromStripeSubscription(aStripeObject('subscription'))).toEqual({
      type: 'subscription',
      subscriptionId: 'sub_1',
      status: 'active',
      periodStart: '2026-01-31T09:30:00.000Z',
      periodEnd: '2026-02-28T09:30:00.000Z',
      trialEndsAt: null,
      pause: { resumesAt: '2026-03-31T10:10:00.000Z' },
      cancelAt: null,
      endedAt: null,
      endReason: null,
      commandId: COMMAND,
      perPeriod: { amountMinor: 4900, currency: 'usd' },
      priceId: 'price_1',
      namedOfferId: null,
      hasSchedule: false,
      methodId: 'pm_1',
      cancelFeedback: null,
      discountIds: [],
      discounts: [],
    });
  });

  test('of an older version has its period from itself, and ends with it where that is asked', () => {
    expect(fromStripeSubscription(aStripeObject('subscription', '2024-06-20'))).toEqual({
      type: 'subscription',
      subscriptionId: 'sub_1',
      status: 'trialing',
      periodStart: '2026-01-31T09:30:00.000Z',
      periodEnd: '2026-02-28T09:30:00.000Z',
      trialEndsAt: '2026-02-28T09:30:00.000Z',
      pause: null,
      cancelAt: '2026-02-28T09:30:00.000Z',
      endedAt: null,
      endReason: 'cancellation_requested',
      commandId: null,
      perPeriod: { amountMinor: 4900, currency: 'usd' },
      priceId: 'price_1',
      namedOfferId: null,
      hasSchedule: false,
      methodId: 'pm_1',
      cancelFeedback: null,
      discountIds: [],
      discounts: [],
    });
  });

  test('charges the sum of its items each period; what has no sum known ahead is unknown', () => {
    const item = aStripeObject('subscription').items.data[0];
    const perPeriod = (items: object[]) =>
      fromStripeSubscription(
        aStripeObject('subscription', '2026-10-28', { items: { data: items, has_more: false } as never }),
      ).perPeriod;
    const tiered = { ...item, price: { ...item?.price, unit_amount: null } };
    const metered = { ...item, price: { ...item?.price, recurring: { usage_type: 'metered' } } };

    expect(perPeriod([{ ...item, quantity: 2 }, { ...item }])).toEqual({ amountMinor: 14700, currency: 'usd' });
    expect([perPeriod([{ ...item }, tiered]), perPeriod([metered])]).toEqual([null, null]);
    expect(perPeriod([{ ...item, discounts: ['di_1'] }])).toBeNull();
  });

  test('with discounts says their ids, and where Stripe was read for it what they are', () => {
    const coupon = {
      id: 'c',
      percent_off: 50,
      amount_off: null,
      currency: null,
      duration: 'repeating',
      duration_in_months: 3,
    };
    const promotion_code = { id: 'promo_1', code: 'X', metadata: { promotionCodeId: 'p1', code: 'spring' } };
    const whole = { id: 'di_1', end: 1_801_472_400, source: { type: 'coupon', coupon }, promotion_code };
    const read = (given: object) => {
      const { discountIds, discounts } = fromStripeSubscription(
        aStripeObject('subscription', '2026-10-28', given as never),
      );
      return [discountIds, discounts];
    };

    expect(read({ discounts: [] })).toEqual([[], []]);
    expect(read({ discounts: ['di_1'] })).toEqual([['di_1'], undefined]);
    expect(read({ discounts: undefined, discount: { id: 'di_0' } })).toEqual([['di_0'], undefined]);
    expect(read({ discounts: [whole] })).toEqual([
      ['di_1'],
      [
        {
          discountId: 'di_1',
          percentOff: 50,
          amountOffMinor: null,
          currency: null,
          duration: { months: 3 },
          code: 'spring',
          promotionCodeId: 'p1',
          endsAt: '2027-02-01T09:00:00.000Z',
        },
      ],
    ]);
  });

  test('canceled at Stripe says what was chosen there, and of unknown choices nothing', () => {
    const feedbackOf = (feedback: string) => {
      const details = { cancellation_details: { reason: 'cancellation_requested', feedback, comment: 'secret' } };
      return fromStripeSubscription(aStripeObject('subscription', '2026-10-28', details as never));
    };

    expect(feedbackOf('too_expensive')).toMatchObject({ cancelFeedback: 'too_expensive' });
    expect(feedbackOf('of_tomorrow').cancelFeedback).toBeNull();
    expect(JSON.stringify(feedbackOf('unused'))).not.toContain('secret');
  });

  test('with a date of its own ends then', () => {
    const subscription = aStripeObject('subscription', '2024-06-20', { cancel_at: 1774949400 });

    expect(fromStripeSubscription(subscription).cancelAt).toBe('2026-03-31T09:30:00.000Z');
  });

  test('paused without a date is paused for good', () => {
    const subscription = aStripeObject('subscription', '2026-10-28', {
      pause_collection: { behavior: 'void', resumes_at: null },
    });

    expect(fromStripeSubscription(subscription).pause).toEqual({ resumesAt: null });
  });

  test('without a period, or with a status that we do not know, cannot be read', () => {
    const items = { ...aStripeObject('subscription').items, data: [] };

    expect(() => fromStripeSubscription(aStripeObject('subscription', '2026-10-28', { items }))).toThrow(
      'sub_1: current_period is missing or unknown',
    );
    expect(() => fromStripeSubscription(aStripeObject('subscription', '2026-10-28', { status: 'asleep' }))).toThrow(
      StripeUnreadable,
    );
  });
});

describe('an invoice', () => {
  test('of the pinned version bills the period of its subscription line, and was paid when it was paid', () => {
    expect(fromStripeInvoice(aStripeObject('invoice'), null)).toEqual({
      type: 'invoice',
      invoiceId: 'in_2',
      subscriptionId: 'sub_1',
      status: 'paid',
      amountDueMinor: 4900,
      amountPaidMinor: 4900,
      currency: 'usd',
      paidAt: '2026-02-28T10:30:05.000Z',
      attempts: 1,
      nextTryAt: null,
      periodStart: '2026-02-28T09:30:00.000Z',
      periodEnd: '2026-03-31T09:30:00.000Z',
      reason: 'renewal',
      totalMinor: 4900,
      commandId: null,
      trouble: null,
    });
  });

  test('of an older version says the same of itself', () => {
    expect(fromStripeInvoice(aStripeObject('invoice', '2024-06-20'), 'failed')).toEqual({
      type: 'invoice',
      invoiceId: 'in_1',
      subscriptionId: 'sub_1',
      status: 'open',
      amountDueMinor: 6400,
      amountPaidMinor: 0,
      currency: 'usd',
      paidAt: null,
      attempts: 1,
      nextTryAt: '2026-02-03T09:30:00.000Z',
      periodStart: '2026-01-31T09:30:00.000Z',
      periodEnd: '2026-02-28T09:30:00.000Z',
      reason: 'first',
      totalMinor: 6400,
      commandId: null,
      trouble: 'failed',
    });
  });

  test('whose instant of payment is unknown was paid when it was made', () => {
    const invoice = aStripeObject('invoice');
    invoice.status_transitions.paid_at = null;

    expect(fromStripeInvoice(invoice, null).paidAt).toBe('2026-02-28T09:30:00.000Z');
  });

  test('that bills no subscription has no period', () => {
    const lines = { ...aStripeObject('invoice').lines, data: [] };
    const invoice = aStripeObject('invoice', '2026-10-28', { lines, billing_reason: 'manual' });

    expect(fromStripeInvoice(invoice, null)).toMatchObject({ periodStart: null, periodEnd: null, reason: 'other' });
  });
});

describe('a refund', () => {
  test('carries the command that asked for it', () => {
    expect(fromStripeRefund(aStripeObject('refund'), 'in_2')).toEqual({
      type: 'refund',
      refundId: 're_1',
      paymentId: 'in_2',
      amountMinor: 2000,
      status: 'succeeded',
      createdAt: '2026-02-28T09:30:00.000Z',
      commandId: COMMAND,
      writeIndex: 1,
    });
  });

  test.each([
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('that is %s at Stripe is %s', (status, ours) => {
    expect(fromStripeRefund(aStripeObject('refund', '2024-06-20', { status }), 'in_1')).toMatchObject({
      status: ours,
      commandId: null,
    });
  });
});

describe('a dispute', () => {
  test.each([
    ['needs_response', 'open'],
    ['warning_needs_response', 'inquiry'],
    ['under_review', 'open'],
    ['won', 'won'],
    ['warning_closed', 'closed'],
    ['lost', 'lost'],
  ])('that is %s at Stripe is %s', (status, ours) => {
    expect(fromStripeDispute(aStripeObject('dispute', '2026-10-28', { status }), 'in_2')).toEqual({
      type: 'dispute',
      stripeStatus: status,
      createdAt: '2026-02-28T09:30:00.000Z',
      disputeId: 'dp_1',
      paymentId: 'in_2',
      amountMinor: 4900,
      status: ours,
      reason: 'fraudulent',
      evidenceDueAt: '2026-03-31T09:30:00.000Z',
    });
  });
});

describe('an event', () => {
  const objectFor = (type: string) => {
    if (type.startsWith('customer.subscription')) return aStripeObject('subscription');
    if (type.startsWith('invoice')) return aStripeObject('invoice');
    return type.startsWith('refund') ? aStripeObject('refund') : aStripeObject('dispute');
  };

  // A completed checkout only says which objects are its purchase's, and those speak for
  // themselves; another card of a customer has their purchases read.
  const speaking = HANDLED_EVENTS.filter(
    (type) => !/^(checkout\.session\.|payment_method\.|customer\.updated$)/.test(type),
  );

  test.each(speaking)('%s says something, as of when it was made', (type) => {
    const fact = fromStripeEvent(aStripeEvent(type, objectFor(type)), { paymentId: 'in_2' });

    expect(fact).toMatchObject({ occurredAt: '2026-02-28T09:30:07.000Z', source: 'event' });
    expect(isHandled(type)).toBe(true);
  });

  test.each([
    ['invoice.payment_failed', 'failed'],
    ['invoice.payment_action_required', 'action_required'],
    ['invoice.paid', null],
    ['invoice.voided', null],
  ])('%s has trouble %s', (type, trouble) => {
    const fact = fromStripeEvent(aStripeEvent(type, aStripeObject('invoice')), null);

    expect(fact?.object).toMatchObject({ trouble });
  });

  test('about a refund of ours needs no link, one made at Stripe does, and a dispute always does', () => {
    const made = aStripeEvent('refund.created', aStripeObject('refund', '2024-06-20'));
    const dispute = aStripeEvent('charge.dispute.created', aStripeObject('dispute'));

    expect(fromStripeEvent(aStripeEvent('refund.updated', aStripeObject('refund')), null)?.object).toMatchObject({
      paymentId: 'in_2',
    });
    expect(fromStripeEvent(made, null)).toBeNull();
    expect(fromStripeEvent(made, { paymentId: 'in_1' })?.object).toMatchObject({ paymentId: 'in_1' });
    expect(fromStripeEvent(dispute, null)).toBeNull();
  });

  test('of another kind says nothing', () => {
    expect(fromStripeEvent(aStripeEvent('invoice.created', aStripeObject('invoice')), null)).toBeNull();
    expect(isHandled('invoice.created')).toBe(false);
  });
});

describe('the way of an event to its purchase', () => {
  const route = (pointsAt: string | null, ...refs: string[]) => expect.objectContaining({ pointsAt, refs, names: [] });

  test.each([
    ['customer.subscription.updated', aStripeObject('subscription'), route(PURCHASE, 'sub_1')],
    ['customer.subscription.updated', aStripeObject('subscription', '2024-06-20'), route(null, 'sub_1')],
    ['invoice.paid', aStripeObject('invoice'), route(PURCHASE, 'sub_1', 'in_2')],
    ['invoice.paid', aStripeObject('invoice', '2024-06-20'), route(PURCHASE, 'sub_1', 'in_1', 'pi_1')],
    [
      'invoice.paid',
      { ...aStripeObject('invoice'), parent: null, metadata: { purchaseId: PURCHASE } },
      route(PURCHASE, 'in_2'),
    ],
    ['refund.created', aStripeObject('refund'), route(PURCHASE, 're_1', 'pi_2', 'ch_1')],
    ['refund.created', aStripeObject('refund', '2024-06-20'), route(null, 're_2', 'pi_1', 'ch_1')],
    ['charge.dispute.created', aStripeObject('dispute'), route(null, 'dp_1', 'pi_2', 'ch_1')],
  ])('%s, case %#', (type, object, expected) => {
    expect(routeOf(aStripeEvent(type, object))).toEqual(expected);
  });

  test('is not taken from metadata that holds no id of ours', () => {
    const metadata: Stripe.Metadata = { purchaseId: 'order 17' };
    const event = aStripeEvent(
      'customer.subscription.created',
      aStripeObject('subscription', '2026-10-28', { metadata }),
    );

    expect(routeOf(event).pointsAt).toBeNull();
  });
});
