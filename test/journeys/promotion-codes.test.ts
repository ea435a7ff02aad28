import { describe, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const HALF = { percentOff: 50, duration: 'forever' };

const PLAN = {
  price: { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 4 },
  refundWindowDays: 0,
};
const ONCE = { price: { kind: 'one_time', amountMinor: 4900, currency: 'usd' } };

const aCode = (site: Site, code: string, given: object = HALF) =>
  site.must<{ id: string }>(site.owner.post('/v1/promotion-codes', { code, ...given }), 201);

const paid = async (site: Site, id: string): Promise<number[]> =>
  (await site.read(id)).payments.map(({ amountMinor }) => amountMinor);

describe('what is shown is charged next', () => {
  test.each([
    ['half for three months', { percentOff: 50, duration: { months: 3 } }, [1450, 1450, 1450, 2900]],
    ['half once', { percentOff: 50, duration: 'once' }, [1450, 2900, 2900, 2900]],
    ['a third for ever', { percentOff: 33.33, duration: 'forever' }, [1933, 1933, 1933, 1933]],
    [
      'an amount for two months',
      { amountOffMinor: 500, currency: 'usd', duration: { months: 2 } },
      [2400, 2400, 2900, 2900],
    ],
  ])('%s', async (_name, given, amounts) => {
    const site = await aSite(town);
    await aCode(site, 'SPRING', given);
    const id = await site.buy(await site.offer(), { promotionCode: 'spring' });

    for (let index = 1; index < amounts.length; index += 1) {
      const { nextCharge, nextChargeAt } = await site.read(id);
      expect(nextCharge).toEqual({ amountMinor: amounts[index], currency: 'usd' });
      await site.moveTo(nextChargeAt ?? '');
    }

    expect(await paid(site, id)).toEqual(amounts);
  });
});

describe('on a payment plan [R27.5]', () => {
  test.each([
    ['two months are two instalments', { percentOff: 50, duration: { months: 2 } }, [2450, 2450, 4900, 4900]],
    ['once is the first', { percentOff: 50, duration: 'once' }, [2450, 4900, 4900, 4900]],
    ['for ever is each', HALF, [2450, 2450, 2450, 2450]],
    ['all of it once leaves three payments', { percentOff: 100, duration: 'once' }, [0, 4900, 4900, 4900]],
    ['all of it for ever leaves none', { percentOff: 100, duration: 'forever' }, [0, 0, 0, 0]],
  ])('%s', async (_name, given, amounts) => {
    const site = await aSite(town);
    await aCode(site, 'PLAN', given);
    const id = await site.buy(await site.offer(PLAN), { promotionCode: 'PLAN' });

    for (let index = 1; index < amounts.length; index += 1) {
      const { leftToPay, nextCharge, nextChargeAt } = await site.read(id);
      expect(leftToPay?.amountMinor).toBe(amounts.slice(index).reduce((sum, amount) => sum + amount, 0));
      expect(nextCharge?.amountMinor).toBe(amounts[index]);
      await site.moveTo(nextChargeAt ?? '');
    }

    expect(await paid(site, id)).toEqual(amounts.filter((amount) => amount > 0));
    expect(await site.read(id)).toMatchObject({
      billingStatus: 'completed',
      accessStatus: 'full',
      instalments: { paid: 4, total: 4 },
      leftToPay: null,
    });
  });

  test('a pause does not move the end of its months, as at Stripe: what is shown is charged', async () => {
    const site = await aSite(town);
    await aCode(site, 'PLAN', { percentOff: 50, duration: { months: 3 } });
    const id = await site.buy(await site.offer(PLAN), { promotionCode: 'PLAN' });
    await site.moveTo('2027-02-10T09:00:00.000Z');
    const runsOn = { kind: 'discount_runs_on', until: '2027-04-30T09:00:00.000Z', code: 'PLAN' };
    expect((await site.preview(id, 'pause')).money).toEqual([{ kind: 'charges_suspended', until: null }, runsOn]);
    const { command } = await site.ask(id, 'pause');
    expect(command.effects?.money).toContainEqual(runsOn);
    await site.moveTo('2027-03-10T09:00:00.000Z');
    await site.ask(id, 'resume');

    const shown: unknown[] = [];
    for (let index = 1; index < 4; index += 1) {
      const { leftToPay, nextCharge, nextChargeAt } = await site.read(id);
      shown.push([leftToPay?.amountMinor, nextCharge?.amountMinor]);
      await site.moveTo(nextChargeAt ?? '');
    }

    expect(shown).toEqual([
      [2450 + 4900 + 4900, 2450],
      [4900 + 4900, 4900],
      [4900, 4900],
    ]);
    expect(await paid(site, id)).toEqual([2450, 2450, 4900, 4900]);
    expect((await site.read(id)).billingStatus).toBe('completed');
  });
});

describe('on what is paid once', () => {
  test('it takes its part off the one payment', async () => {
    const site = await aSite(town);
    await aCode(site, 'HALF');
    const id = await site.buy(await site.offer(ONCE), { promotionCode: 'HALF' });

    expect(await site.read(id)).toMatchObject({
      billingStatus: 'paid',
      payments: [{ amountMinor: 2450 }],
      paid: { amountMinor: 2450 },
      promotionCode: { code: 'HALF' },
      refundWindow: { state: 'open' },
    });
  });

  test('all of it off makes a purchase that is paid, without a payment or a window [R27.1]', async () => {
    const site = await aSite(town);
    await aCode(site, 'GIFT', { percentOff: 100, duration: 'once' });
    const id = await site.buy(await site.offer(ONCE), { promotionCode: 'GIFT' });

    expect(await site.read(id)).toMatchObject({
      billingStatus: 'paid',
      accessStatus: 'full',
      payments: [],
      paid: null,
      refundWindow: null,
    });
    expect((await site.emails(id)).map((line) => line.split(' ')[1])).toEqual(['purchase-confirmation']);
    expect(await site.due(id)).toEqual([]);
  });
});

test('a purchase shows its discount while it holds, and the code it was bought with for good', async () => {
  const site = await aSite(town);
  const { id: promotionCodeId } = await aCode(site, 'Spring', { percentOff: 50, duration: { months: 1 } });
  const id = await site.buy(await site.offer(), { promotionCode: 'SPRING' });

  const shown = { code: 'Spring', promotionCodeId, percentOff: 50, endsAt: '2027-02-28T09:00:00.000Z' };
  expect(await site.read(id)).toMatchObject({
    discount: shown,
    promotionCode: { id: promotionCodeId, code: 'Spring' },
  });
  await site.moveTo('2027-02-28T09:00:00.000Z');

  const after = await site.read(id);
  expect(after).toMatchObject({ discount: null, promotionCode: { code: 'Spring' } });
  const code = await site.must(site.owner.get(`/v1/promotion-codes/${promotionCodeId}`));
  expect(code).toMatchObject({ uses: 1, state: 'active' });
  const { data } = await site.must(site.owner.get(`/v1/purchases?promotionCodeId=${promotionCodeId}`));
  expect(data).toHaveLength(1);
});

test('a first charge of nothing makes a purchase, and is no payment [R27.1]', async () => {
  const site = await aSite(town);
  await aCode(site, 'FREE', { percentOff: 100, duration: 'once' });
  const id = await site.buy(await site.offer(), { promotionCode: 'FREE' });

  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    accessStatus: 'full',
    payments: [],
    refundWindow: null,
  });
  await site.moveTo('2027-03-01T00:00:00.000Z');

  expect(await paid(site, id)).toEqual([2900]);
  expect((await site.read(id)).refundWindow?.opensAt).toBe('2027-02-28T09:00:00.000Z');
});

test('the last use that somebody takes while a checkout is open is refused there, and afterwards here', async () => {
  const site = await aSite(town);
  await aCode(site, 'LAST', { ...HALF, maxUses: 1 });
  const offer = await site.offer();
  const { sessionId } = await site.checkOut(offer, 'late@example.com', 'LAST');
  await site.buy(offer, { promotionCode: 'LAST' });

  expect(await site.pay(sessionId)).toMatchObject({ outcome: 'declined' });
  const asked = { offerId: offer.id, email: 'late@example.com', promotionCode: 'LAST' };
  const refused = await site.owner.post('/v1/checkouts', asked);
  expect(refused).toMatchObject({ status: 422, body: { code: 'promotion_code_used_up', field: 'promotionCode' } });
  expect((await site.owner.post('/v1/checkouts', { ...asked, promotionCode: undefined })).status).toBe(201);
});

test('once for each contact, and for first purchases, are our own records’ matter', async () => {
  const site = await aSite(town);
  await aCode(site, 'ONCE', { ...HALF, oncePerContact: true });
  await aCode(site, 'FIRST', { ...HALF, firstPurchaseOnly: true });
  const [one, other] = [await site.offer(), await site.offer()];
  const email = 'twice@example.com';
  await site.buy(one, { email, promotionCode: 'ONCE' });

  const ask = async (promotionCode: string) =>
    (await site.owner.post('/v1/checkouts', { offerId: other.id, email, promotionCode })).body.code;
  expect([await ask('ONCE'), await ask('FIRST')]).toEqual([
    'promotion_code_used_by_contact',
    'promotion_code_first_purchase_only',
  ]);
});

test('a discount that is put on and taken off at Stripe is taken over [R22.7]', async () => {
  const site = await aSite(town);
  const { stripe } = town.sandbox;
  const id = await site.buy(await site.offer());
  const subscription = await site.subscriptionOf(id);
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });

  await stripe.subscriptions.update(subscription, { discounts: [{ coupon: coupon.id }] });
  const on = await eventually(async () => {
    const purchase = await site.read(id);
    if (!purchase.discount) throw new Error('not yet');
    return purchase;
  });
  await stripe.subscriptions.deleteDiscount(subscription);
  await eventually(async () => {
    return (await site.read(id)).discount === null;
  });

  expect(on).toMatchObject({ nextCharge: { amountMinor: 2610 }, discount: { code: null, percentOff: 10 } });
  expect((await site.read(id)).nextCharge?.amountMinor).toBe(2900);
  expect((await site.timeline(id)).filter((line) => line.includes('discount'))).toEqual([
    expect.stringContaining('purchase.discount-added by stripe'),
    expect.stringContaining('purchase.discount-ended by stripe'),
  ]);
});

test('a preview of resuming says what the discounted charge will be', async () => {
  const site = await aSite(town);
  await aCode(site, 'HALF', HALF);
  const id = await site.buy(await site.offer(), { promotionCode: 'HALF' });
  await site.ask(id, 'pause');

  const { money } = await site.preview(id, 'resume');

  expect(money).toEqual([
    { kind: 'charges_continue', nextChargeAt: '2027-02-28T09:00:00.000Z', amountMinor: 1450, currency: 'usd' },
  ]);
});
