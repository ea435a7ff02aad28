import fc from 'fast-check';
import { INTERVALS } from '../../../workflows/domain/calendar.ts';
import type { Discount } from '../../../workflows/domain/discount.ts';
import type { StripeObject } from '../../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { refundableMinor } from '../../../workflows/domain/payments.ts';
import { intervalOf, isOpenEnded, setupFeeMinorOf, trialDaysOf, type Price } from '../../../workflows/domain/price.ts';
import type { VerbName } from '../../../workflows/domain/verb.ts';
import { PRORATIONS, type Proration } from '../../../workflows/domain/writes.ts';
import type { ChangeOfferInput } from '../../../workflows/verbs/found-offer.ts';
import { aCheckout, aFree, aGrant, aOneTime, aRefund, T0 } from '../../builders/purchase.ts';
import { WholeLife } from './a-whole-life.ts';
import { OFFERS, priceAtStripe, type ModelOffer } from './model-offers.ts';
import { ModelStripe, type ByHand } from './model-stripe.ts';

export type Begun = { life: WholeLife; stripe: ModelStripe | null };
export type Asked = readonly [name: VerbName, input: object];
type Deal = {
  price: Price;
  startsAt: Instant;
  isGrant?: boolean;
  accessDays?: number | null;
  discount?: Discount | null;
};

export const money = { amountMinor: 4900, currency: 'usd' } as const;

/** Month ends, leap days, and both changes of clocks in Europe and America. */
export const STARTS = [
  T0,
  '2027-01-29T09:00:00.000Z',
  '2027-01-30T23:59:59.000Z',
  '2028-02-29T12:00:00.000Z',
  '2028-01-31T00:00:00.000Z',
  '2027-03-28T01:00:00.000Z',
  '2027-10-31T01:00:00.000Z',
  '2027-03-14T10:00:00.000Z',
  '2027-11-07T09:00:00.000Z',
];

export function begin({ price, startsAt, isGrant = false, accessDays = null, discount = null }: Deal): Begun {
  const terms = { accessDays };
  if (isGrant) return { stripe: null, life: new WholeLife(aGrant(terms), null, T0) };
  switch (price.kind) {
    case 'free':
      return { stripe: null, life: new WholeLife(aFree(terms), null, T0) };
    case 'one_time':
      return { stripe: null, life: new WholeLife(aOneTime({ terms }), null, T0) };
    case 'subscription':
    case 'payment_plan': {
      const checkout = aCheckout({ price, accessDays });
      const promotion = discount && { ...discount, promotionCodeId: 'code-1', code: 'SPRING' };
      const own = priceAtStripe(checkout.terms.offerId, price)!;
      const sold = { price: own, discount, trialDays: trialDaysOf(price), setupFeeMinor: setupFeeMinorOf(price) };
      const prices = OFFERS.map((offer) => offer.price);
      const stripe = new ModelStripe(sold, startsAt, prices);
      return { stripe, life: new WholeLife(promotion ? { ...checkout, promotion } : checkout, stripe, startsAt) };
    }
  }
}

const aSubscription = fc.record({
  kind: fc.constant('subscription' as const),
  amountMinor: fc.constant(4900),
  currency: fc.constant('usd'),
  interval: fc.constantFrom(...INTERVALS),
  trialDays: fc.constantFrom(0, 0, 10),
  setupFeeMinor: fc.constantFrom(0, 1500),
});

/** Prices of every kind: one that has none here does not compile. */
const PRICES: Record<Price['kind'], fc.Arbitrary<Price>> = {
  free: fc.constant({ kind: 'free' }),
  one_time: fc.constant({ kind: 'one_time', ...money }),
  subscription: aSubscription,
  payment_plan: fc.integer({ min: 2, max: 5 }).map((instalments) => ({ kind: 'payment_plan', ...money, instalments })),
};

const aPrice = fc.oneof(...Object.values(PRICES), PRICES.subscription, PRICES.subscription, PRICES.payment_plan);

const aDiscount: fc.Arbitrary<Discount> = fc.record({
  percentOff: fc.constantFrom(25, 33.33, 100),
  amountOffMinor: fc.constant(null),
  currency: fc.constant(null),
  duration: fc.constantFrom('once' as const, 'forever' as const, { months: 2 }),
});

const anAmountOff: fc.Arbitrary<Discount> = aDiscount.map((discount) => ({
  ...discount,
  percentOff: null,
  amountOffMinor: 1000,
  currency: 'usd',
}));

type Change = { offer: ModelOffer; when: 'now' | 'period_end'; proration: Proration };

const aChange = fc.record({
  offer: fc.constantFrom(...OFFERS),
  when: fc.constantFrom('now' as const, 'period_end' as const),
  proration: fc.constantFrom(...PRORATIONS),
});

/** As it is asked once Postgres and Stripe were read for it. */
export function changing({ life: { now }, stripe }: Begun, { offer, when, proration }: Change): ChangeOfferInput {
  const { terms, price } = offer;
  const quote = when === 'now' ? (stripe?.quote(price.priceId, proration, now) ?? null) : null;
  const found = { terms, priceId: price.priceId, isArchived: false, obstacle: null, asOf: now, quote };
  return { offerId: terms.offerId, when, proration, found };
}

const LATER = fc.integer({ min: 1, max: 90 });

type Asking = (begun: Begun) => Asked;
const asking = (one: Asking): Asking => one;

/** What is asked, of a life as it stands; whether it is legal is decided then. */
const aVerb = fc.oneof(
  LATER.chain((days) =>
    fc.constantFrom(
      asking(({ life: { now } }) => ['pause', { resumeAt: addDays(now, days), access: 'suspend' }]),
      asking(({ life: { now } }) => ['change-resume-date', { resumeAt: addDays(now, days) }]),
      asking(({ life: { now } }) => ['access-start', { startsAt: addDays(now, days - 30) }]),
      asking(({ life: { now } }) => ['cancel', { when: 'at', cancelAt: addDays(now, days) }]),
      asking(() => ['extend', { days, until: null }]),
    ),
  ),
  fc.constantFrom(
    asking(() => ['pause', { resumeAt: null, access: 'keep' }]),
    asking(() => ['resume', {}]),
    asking(() => ['cancel', { when: 'period_end', cancelAt: null }]),
    asking(() => ['undo-cancel', {}]),
    asking(() => ['undo-change-offer', {}]),
    asking(() => ['revoke', { productIds: ['course'] }]),
    asking(() => ['restore', { productIds: null }]),
    asking(() => ['retry-payment', {}]),
    asking(() => ['pay-off', {}]),
  ),
  aChange.map((change) => asking((begun) => ['change-offer', changing(begun, change)])),
  fc.constantFrom(
    asking(() => ['refund', { paymentId: 'in_1', amountMinor: 1000, billing: 'keep', access: 'keep' }]),
    asking(() => ['refund', { paymentId: 'in_2', amountMinor: null, billing: 'keep', access: 'keep' }]),
    asking(() => ['refund', { paymentId: 'in_1', amountMinor: null, billing: 'cancel_now', access: 'revoke' }]),
    asking(({ stripe }) => [
      'money-back',
      { override: false, hasReason: false, ...(stripe && { credit: { ...stripe.credit } }) },
    ]),
    asking(() => ['cancel', { when: 'now', cancelAt: null }]),
  ),
);

type AtStripe = (begun: Begun) => StripeObject[];
const byHand =
  (of: (now: Instant) => ByHand): AtStripe =>
  ({ life: { now }, stripe }) =>
    stripe?.doByHand(of(now), now) ?? [];

/** The price of another offer of the same interval, which is taken over as a change of offer. */
const becoming =
  ({ price }: ModelOffer): AtStripe =>
  (begun) => {
    const isOfItsKind = isOpenEnded(begun.life.state.terms.price);
    const isAlike = isOfItsKind && intervalOf(begun.life.state.terms.price) === price.interval;
    return isAlike ? byHand(() => ({ deed: 'set the price', price }))(begun) : [];
  };

/** Of a payment that is there and not disputed, as much as is left at most. */
const refunding =
  (amountMinor: number): AtStripe =>
  ({ life: { state, now } }) => {
    const payment = state.payments.find((one) => refundableMinor(one) >= amountMinor && !one.disputedAt);
    const refundId = `re_by_hand_${now}`;
    return payment ? [aRefund({ paymentId: payment.paymentId, refundId, amountMinor, createdAt: now })] : [];
  };

const disputing: AtStripe = ({ life: { state, now } }) => {
  const payment = state.payments.findLast(({ disputedAt }) => !disputedAt);
  const rest = { status: 'open', reason: 'product_not_received', evidenceDueAt: null } as const;
  const disputeId = `dp_${now}`;
  return payment
    ? [{ type: 'dispute', disputeId, paymentId: payment.paymentId, amountMinor: payment.amountMinor, ...rest }]
    : [];
};

/** What happens at Stripe by other hands than ours. */
const atStripe: fc.Arbitrary<AtStripe> = fc.oneof(
  LATER.map((days) => byHand((now) => ({ deed: 'pause', resumesAt: addDays(now, days) }))),
  fc.constantFrom(
    byHand(() => ({ deed: 'pause', resumesAt: null })),
    byHand(() => ({ deed: 'resume' })),
    byHand(() => ({ deed: 'cancel with the period' })),
    byHand(() => ({ deed: 'go on' })),
    byHand(() => ({ deed: 'cancel now' })),
  ),
  fc.constant(byHand(() => ({ deed: 'set the price', price: { priceId: 'price_unknown', amountMinor: 3300 } }))),
  fc.constantFrom(...OFFERS).map(becoming),
  fc.constantFrom(refunding(700), refunding(4900), disputing),
);

const aStep = fc.record({
  atStripe: fc.option(atStripe, { freq: 3 }),
  hours: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1500 })),
  verb: fc.option(aVerb, { freq: 3 }),
  cardWorks: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});

export const aWholeLife = fc.record({
  deal: fc.record({
    price: aPrice,
    isGrant: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    accessDays: fc.constantFrom(null, null, 40),
    discount: fc.option(fc.oneof(aDiscount, anAmountOff), { freq: 2 }),
    startsAt: fc.constantFrom(...STARTS),
  }),
  steps: fc.array(aStep, { minLength: 1, maxLength: 14 }),
});
