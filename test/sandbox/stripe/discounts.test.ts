import { expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { advance, aPrice, aSubscriber, aCustomer, control, DAY, eventTypes, refusal, T0 } from './sandbox.ts';
import { sandbox, useSandbox } from './use-sandbox.ts';

useSandbox();

const aCoupon = (given: Stripe.CouponCreateParams = {}) =>
  sandbox.stripe.coupons.create({ percent_off: 50, duration: 'forever', ...given });

const aCode = async (coupon: Stripe.CouponCreateParams, given: Partial<Stripe.PromotionCodeCreateParams> = {}) =>
  sandbox.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: (await aCoupon(coupon)).id }, ...given });

const totals = async (customer: string): Promise<[number, number][]> => {
  const { data } = await sandbox.stripe.invoices.list({ customer, limit: 100 });
  return data.reverse().map(({ subtotal, total }) => [subtotal, total]);
};

const aSession = async (more: Partial<Stripe.Checkout.SessionCreateParams>, customer: string) =>
  sandbox.stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    success_url: 'https://willow.example/thanks',
    line_items: [{ price: (await aPrice(sandbox)).id, quantity: 1 }],
    ...more,
  });

const HALF: [number, number] = [3_000, 1_500];
const FULL: [number, number] = [3_000, 3_000];

test.each([
  ['once', { duration: 'once' as const }, [HALF, FULL, FULL, FULL]],
  ['two months', { duration: 'repeating' as const, duration_in_months: 2 }, [HALF, HALF, FULL, FULL]],
  ['forever', { duration: 'forever' as const }, [HALF, HALF, HALF, HALF]],
])('a coupon that lasts %s lessens so many invoices from 31 January on', async (_name, duration, expected) => {
  const coupon = await aCoupon(duration);
  const { clock, customer } = await aSubscriber(sandbox, { discounts: [{ coupon: coupon.id }] });

  for (const days of [30, 60, 95]) await advance(sandbox, clock.id, T0 + days * DAY);

  expect(await totals(customer.id)).toEqual(expected);
});

test('an amount is taken off down to nothing, and an invoice of nothing is paid', async () => {
  const coupon = await aCoupon({ percent_off: undefined, amount_off: 4_000, currency: 'usd' } as never);
  const { subscription } = await aSubscriber(sandbox, { discounts: [{ coupon: coupon.id }] });

  const invoice = await sandbox.stripe.invoices.retrieve(subscription.latest_invoice as string);

  expect(invoice).toMatchObject({ subtotal: 3_000, total: 0, amount_paid: 0, status: 'paid' });
  expect(subscription.status).toBe('active');
});

test('invoice, lines and discount say what was taken off, and expand as the SDK has them', async () => {
  const code = await aCode({ percent_off: 33.33 }, { code: 'SPRING' });
  const { subscription } = await aSubscriber(sandbox, { discounts: [{ promotion_code: code.id }] });
  const expand = ['discounts', 'discounts.source.coupon', 'discounts.promotion_code'];

  const held = await sandbox.stripe.subscriptions.retrieve(subscription.id, { expand });
  const invoice = await sandbox.stripe.invoices.retrieve(subscription.latest_invoice as string);

  const discount = subscription.discounts[0] as string;
  expect(held.discounts[0]).toMatchObject({
    id: discount,
    end: null,
    subscription: subscription.id,
    promotion_code: { code: 'SPRING', times_redeemed: 1 },
    source: { type: 'coupon', coupon: { percent_off: 33.33, duration: 'forever' } },
  });
  expect(invoice).toMatchObject({ total: 2_000, total_discount_amounts: [{ amount: 1_000, discount }] });
  expect(invoice.lines.data[0]).toMatchObject({ amount: 3_000, discount_amounts: [{ amount: 1_000, discount }] });
});

test('a trial does not use up what holds for one invoice', async () => {
  const coupon = await aCoupon({ duration: 'once' });
  const { clock, customer } = await aSubscriber(sandbox, {
    discounts: [{ coupon: coupon.id }],
    trial_end: T0 + 14 * DAY,
  });

  await advance(sandbox, clock.id, T0 + 15 * DAY);
  await advance(sandbox, clock.id, T0 + 50 * DAY);

  expect(await totals(customer.id)).toEqual([[0, 0], HALF, FULL]);
});

test('a discount is put on and taken off a subscription, and the next invoice is as its preview', async () => {
  const coupon = await aCoupon();
  const { clock, customer, subscription } = await aSubscriber(sandbox);
  const next = async () => (await sandbox.stripe.invoices.createPreview({ subscription: subscription.id })).amount_due;

  await sandbox.stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] });
  expect(await next()).toBe(1_500);
  await advance(sandbox, clock.id, T0 + 30 * DAY);
  await sandbox.stripe.subscriptions.deleteDiscount(subscription.id);
  expect(await next()).toBe(3_000);
  await advance(sandbox, clock.id, T0 + 60 * DAY);

  expect(await totals(customer.id)).toEqual([FULL, HALF, FULL]);
  expect(await eventTypes(sandbox)).toEqual(
    expect.arrayContaining(['customer.discount.created', 'customer.discount.deleted', 'coupon.updated']),
  );
});

test('a checkout takes one code, shows what it takes off, and hands it to the subscription', async () => {
  const code = await aCode({ duration: 'repeating', duration_in_months: 3 });
  const { customer } = await aCustomer(sandbox);

  const session = await aSession({ discounts: [{ promotion_code: code.id }] }, customer.id);
  await control(sandbox, 'POST', `/checkout/${session.id}/pay`, { card: '4242424242424242' });

  expect(session).toMatchObject({ amount_subtotal: 3_000, amount_total: 1_500 });
  expect(session.total_details).toMatchObject({ amount_discount: 1_500 });
  expect(session.discounts).toEqual([{ coupon: null, promotion_code: code.id }]);
  expect(await totals(customer.id)).toEqual([HALF]);
});

test('the last use that somebody else takes meanwhile is refused when the page is paid', async () => {
  const code = await aCode({}, { max_redemptions: 1 });
  const [ada, ben] = [await aCustomer(sandbox), await aCustomer(sandbox)];
  const discounts = [{ promotion_code: code.id }];
  const [first, second] = [
    await aSession({ discounts }, ada.customer.id),
    await aSession({ discounts }, ben.customer.id),
  ];

  await control(sandbox, 'POST', `/checkout/${first.id}/pay`, { card: '4242424242424242' });
  const paid = await control(sandbox, 'POST', `/checkout/${second.id}/pay`, { card: '4242424242424242' });

  expect(paid).toMatchObject({ outcome: 'declined', session: { status: 'open' } });
  expect(await totals(ben.customer.id)).toEqual([]);
  expect(await refusal(aSession({ discounts }, ben.customer.id))).toMatchObject({ statusCode: 400 });
});

test('a code is refused that is over, of another currency, or for first purchases only', async () => {
  const { customer } = await aSubscriber(sandbox);
  const ended = await aCode({});
  await sandbox.stripe.promotionCodes.update(ended.id, { active: false });
  const euros = await aCode({ percent_off: undefined, amount_off: 500, currency: 'eur' } as never);
  const first = await aCode({}, { restrictions: { first_time_transaction: true } });

  for (const { id } of [ended, euros, first])
    expect(await refusal(aSession({ discounts: [{ promotion_code: id }] }, customer.id))).toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
    });
});

test('what Stripe would not make is not made: two kinds, too much, a text in use, an end in the past', async () => {
  const { stripe } = sandbox;
  const { id: coupon } = await aCoupon();
  const promotion = { type: 'coupon' as const, coupon };
  await stripe.promotionCodes.create({ promotion, code: 'SPRING' });

  const calls = [
    stripe.coupons.create({ percent_off: 50, amount_off: 100, currency: 'usd' }),
    stripe.coupons.create({ percent_off: 101 }),
    stripe.coupons.create({ percent_off: 10, duration: 'repeating' }),
    stripe.coupons.create({ amount_off: 100 }),
    stripe.promotionCodes.create({ promotion, code: 'spring' }),
    stripe.promotionCodes.create({ promotion, expires_at: T0 - 10 * 365 * DAY }),
    stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: 'none' } }),
    stripe.coupons.create({ percent_off: 10, applies_to: { products: ['prod_1'] } }),
  ];

  for (const call of calls) expect(await refusal(call)).toMatchObject({ statusCode: 400 });
});
