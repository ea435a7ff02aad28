import { describe, expect, test } from '@jest/globals';
import { cardExpiryOf, cardNoticeAt } from '../../../workflows/domain/card-expiry.ts';
import type { SubscriptionBilling } from '../../../workflows/domain/billing.ts';
import { aCancellation, aPurchase, aSubscription, FEB_28, MAR_31, T0 } from '../../builders/purchase.ts';

const APRIL = '2027-04-01T00:00:00.000Z';
const NOTICE = '2027-03-02T00:00:00.000Z';
const CARD = { methodId: 'pm_1', endsAt: APRIL, noticeAt: NOTICE };

const billingWith = (billing: object): SubscriptionBilling => aPurchase({ billing }).billing as SubscriptionBilling;

describe('what is known of the card after Stripe has said something', () => {
  const known = billingWith({ methodId: 'pm_1', card: CARD });

  test.each([
    ['the same card, of which nothing more is said', { methodId: 'pm_1' }, { card: CARD }],
    ['the same card, read again', { methodId: 'pm_1', cardEndsAt: APRIL }, { card: CARD }],
    ['no method at all', {}, { card: CARD }],
    ['another card, of which nothing is known', { methodId: 'pm_2' }, { card: undefined }],
    ['nothing to charge', { methodId: null }, { card: undefined }],
    ['a bank account', { methodId: 'pm_2', cardEndsAt: null }, { card: { methodId: 'pm_2', endsAt: null } }],
  ])('%s', (_what, said, expected) => {
    expect(cardExpiryOf(known, aSubscription(said), T0)).toEqual(expected);
  });

  test('a card that expires before long is told of at once, and one that has expired never', () => {
    const told = (cardEndsAt: string) => cardExpiryOf(known, aSubscription({ methodId: 'pm_2', cardEndsAt }), T0).card;

    expect(told('2027-02-01T00:00:00.000Z')).toMatchObject({ noticeAt: T0 });
    expect(told('2027-01-01T00:00:00.000Z')).toEqual({ methodId: 'pm_2', endsAt: '2027-01-01T00:00:00.000Z' });
  });

  test('one that was told of is told of again only with another month', () => {
    const told = billingWith({ methodId: 'pm_1', card: { methodId: 'pm_1', endsAt: APRIL } });
    const next = (cardEndsAt: string) => cardExpiryOf(told, aSubscription({ methodId: 'pm_1', cardEndsAt }), T0).card;

    expect(next(APRIL)).toEqual({ methodId: 'pm_1', endsAt: APRIL });
    expect(next('2027-05-01T00:00:00.000Z')).toMatchObject({ noticeAt: '2027-04-01T00:00:00.000Z' });
  });
});

test.each([
  ['goes on', {}, NOTICE],
  ['is canceled before', { cancellation: aCancellation(FEB_28) }, null],
  ['ends with the period that is paid', { cancellation: aCancellation(MAR_31), periodEnd: MAR_31 }, null],
  ['was told of', { card: { methodId: 'pm_1', endsAt: APRIL } }, null],
  ['is charged to a bank account', { card: { methodId: 'pm_1', endsAt: null } }, null],
])('the notice of what %s', (_what, billing, expected) => {
  expect(cardNoticeAt(aPurchase({ billing: { card: CARD, ...billing } }))).toBe(expected);
});
